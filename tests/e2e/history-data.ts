/**
 * People and their orders, all dated relative to `now`, and who of them bought lately at any time: worked out here, in
 * plain code that shares nothing with the app.
 */

export const now = Date.parse('2026-01-15T10:00:00.000Z');
const day = 86_400_000;
const hour = 3_600_000;

interface Somebody {
	readonly email: string;
	readonly first: string;
	readonly created: number;
	readonly orders: readonly number[];
}

/** Everyone orders now and then, at another hour each; every seventh came only last week. */
const buyers: readonly Somebody[] = Array.from({ length: 60 }, (_, i) => ({
	email: `person.${i}@shop.example`,
	first: `Person${i}`,
	created: i % 7 === 3 ? now - 5 * day : now - 400 * day,
	orders: [now - (20 + ((i * 17) % 150)) * day - i * hour, now - (i % 45) * day - i * hour]
}));

export const ada: Somebody = {
	...{ email: 'ada@shop.example', first: 'Ada' },
	...{ created: now - 300 * day, orders: [] }
};
export const people: readonly Somebody[] = [...buyers, ada];

/** Was there then, and had ordered in the thirty days before. */
export const isBuyer = ({ created, orders }: Somebody, at: number): boolean =>
	created <= at && orders.some((order) => order <= at && order >= at - 30 * day);

/** When it is looked: at the end of each of ninety days in Zurich, in winter, and of those after; and in between. */
const lastMidnight = Date.parse('2026-01-14T23:00:00.000Z');
const looks = [
	...Array.from({ length: 90 }, (_, i) => lastMidnight - (89 - i) * day - 1),
	...[now, lastMidnight + day - 1, lastMidnight + 2 * day - 1, now + 2 * day]
];

export const whoLeft = buyers.filter((somebody) =>
	looks.some((at, i) => i > 0 && isBuyer(somebody, looks[i - 1]!) && !isBuyer(somebody, at))
);

const stamp = (at: number) => new Date(at).toISOString();
const file = (name: string, rows: readonly (readonly string[])[]) => ({
	...{ name, mimeType: 'text/csv' },
	buffer: Buffer.from(`${rows.map((row) => row.join(',')).join('\n')}\n`)
});

export const contactsFile = file('people.csv', [
	['email', 'first_name', 'created_at'],
	...people.map(({ email, first, created }) => [email, first, stamp(created)])
]);

export const ordersFile = file('orders.csv', [
	['email', 'ordered_at', 'items', 'total'],
	...people.flatMap(({ email, orders }) => orders.map((at) => [email, stamp(at), '1', '20.00']))
]);
