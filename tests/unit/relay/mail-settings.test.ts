import { expect, test } from 'vitest';
import { settingsFrom } from '../../../src/relay/settings';

const mail = {
	RELAY_SMTP_URL: 'smtps://post%40shop.example:p%23ss@mail.example',
	RELAY_SMTP_FROM: 'News@Shop.example, other.example'
};
const wrongWith = (env: Record<string, string>) => {
	const settings = settingsFrom(env, []);
	return settings.ok ? [] : settings.error;
};

test('a mail server is one URL, and who may be written from', () => {
	const settings = settingsFrom(mail, []);
	expect(settings.ok && settings.value.mail).toEqual({
		...{ host: 'mail.example', port: 465, secure: true, requireTls: false },
		...{ user: 'post@shop.example', password: 'p#ss', perSecond: 10, connections: 3 },
		senders: ['news@shop.example', 'other.example']
	});
	const plain = settingsFrom({ ...mail, RELAY_SMTP_URL: 'smtp://a:b@mail.example' }, []);
	expect(plain.ok && plain.value.mail).toMatchObject({ port: 587, requireTls: true });
	expect(settingsFrom({}, [])).toMatchObject({ ok: true, value: { mail: undefined } });
});

test('what is wrong with it is said, and its password is not', () => {
	const secret = { ...mail, RELAY_SMTP_URL: 'https://a:secret@mail.example' };
	expect(wrongWith(secret)).toEqual([expect.stringContaining('RELAY_SMTP_URL')]);
	expect(wrongWith(secret).join()).not.toContain('secret');
	expect(wrongWith({ ...mail, RELAY_SMTP_URL: 'smtp://a:100%@mail.example' })).toHaveLength(1);
	expect(wrongWith({ ...mail, RELAY_SMTP_FROM: '' })).toHaveLength(1);
	expect(wrongWith({ ...mail, RELAY_SMTP_FROM: 'a b' })).toHaveLength(1);
	expect(wrongWith({ ...mail, RELAY_SMTP_RATE: '0' })).toHaveLength(1);
	const open = { ...mail, RELAY_HOST: '0.0.0.0', RELAY_ORIGINS: 'https://app.example' };
	expect(wrongWith({ ...open, RELAY_CREATE: 'open' })).toHaveLength(1);
	expect(wrongWith(open)).toEqual([]);
});
