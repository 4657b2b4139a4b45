/** Of the arrays that it is or has. */
export function bytesOf(held: object | undefined): number {
	if (ArrayBuffer.isView(held)) return held.byteLength;
	return Object.values(held ?? {}).reduce(
		(sum: number, value: unknown) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0),
		0
	);
}
