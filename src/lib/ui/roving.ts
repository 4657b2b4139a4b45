/**
 * For a toolbar: one stop for the Tab key, and arrow keys from one of its controls to the next. Attach it to the element
 * with the role.
 */
export function roving(toolbar: HTMLElement): () => void {
	const controls = () => [...toolbar.querySelectorAll<HTMLElement>('button, [role="button"]')];
	const stopAt = (stop: Element | undefined) => {
		for (const control of controls()) control.tabIndex = control === stop ? 0 : -1;
	};
	const onfocus = ({ target }: FocusEvent) => {
		const control = controls().find((control) => control === target);
		if (control) stopAt(control);
	};
	const onkey = (event: KeyboardEvent) => {
		const all = controls().filter((control) => !control.matches(':disabled'));
		const at = all.findIndex((control) => control === document.activeElement);
		const to: Partial<Record<string, number>> = {
			ArrowRight: (at + 1) % all.length,
			ArrowLeft: (at - 1 + all.length) % all.length,
			Home: 0,
			End: all.length - 1
		};
		const next = to[event.key];
		if (at < 0 || next === undefined) return;
		event.preventDefault();
		all[next]?.focus();
	};
	stopAt(controls()[0]);
	toolbar.addEventListener('focusin', onfocus);
	toolbar.addEventListener('keydown', onkey);
	return () => {
		toolbar.removeEventListener('focusin', onfocus);
		toolbar.removeEventListener('keydown', onkey);
	};
}
