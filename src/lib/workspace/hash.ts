import { canonical } from '$lib/json';

/**
 * A short fingerprint of a plain value (53 bits as 14 hex digits), the same on every device. It tells one draft from
 * another; it is not a defence against somebody who looks for a collision.
 */
export function fingerprint(value: unknown): string {
	let [a, b] = [0xdeadbeef, 0x41c6ce57];
	for (const unit of new TextEncoder().encode(canonical(value))) {
		a = Math.imul(a ^ unit, 2654435761);
		b = Math.imul(b ^ unit, 1597334677);
	}
	a = mix(a, b);
	b = mix(b, a);
	return (2 ** 32 * (b & 0x1fffff) + (a >>> 0)).toString(16).padStart(14, '0');
}

const mix = (x: number, y: number): number =>
	Math.imul(x ^ (x >>> 16), 2246822507) ^ Math.imul(y ^ (y >>> 13), 3266489909);
