interface Policy {
	createScriptURL(url: string): string;
}

/** What the page may run beside its own scripts: a one-line blob made here, and our service worker. */
const rules: Policy = {
	createScriptURL(url) {
		if (url.startsWith(`blob:${location.origin}/`)) return url;
		if (url === serviceWorkerUrl()) return url;
		throw new TypeError(`Not a script of this app: ${url}`);
	}
};

const factory = (
	globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
).trustedTypes;

const policy = factory?.createPolicy('winnow', rules) ?? rules;

/** The address as the browser wants it where it enforces Trusted Types. Throws at an address not ours. */
export const trustedScript = (url: string): string => policy.createScriptURL(url);

export const serviceWorkerUrl = () => new URL('./service-worker.js', document.baseURI).href;
