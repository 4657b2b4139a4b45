// Applied before the first paint, so that nobody sees the wrong theme flash.
for (const name of ['theme', 'density', 'motion']) {
	try {
		const value = localStorage.getItem(`winnow:${name}`);
		if (value) document.documentElement.dataset[name] = value;
	} catch {
		// Storage is refused: the defaults are right.
	}
}
