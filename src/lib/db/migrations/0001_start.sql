-- Postgres 15 or newer; no extension, no locale, no sequence: ids and numbers come from the program.
-- Text that rules compare has its key beside it (column <id>_key, or under the same id in `keys`).

create table contact (
	cno int primary key, -- dense: bitmaps index by it
	uid text not null unique,
	external_id text unique,
	email text,
	email_key text collate "C",
	first_name text,
	first_name_key text collate "C",
	last_name text,
	last_name_key text collate "C",
	phone text,
	phone_key text collate "C",
	company text,
	company_key text collate "C",
	country text,
	country_key text collate "C",
	region text,
	region_key text collate "C",
	city text,
	city_key text collate "C",
	postcode text,
	postcode_key text collate "C",
	language text,
	language_key text collate "C",
	time_zone text,
	time_zone_key text collate "C",
	email_consent text collate "C",
	email_consent_at timestamptz,
	email_consent_source text,
	email_consent_source_key text collate "C",
	sms_consent text collate "C",
	sms_consent_at timestamptz,
	sms_consent_source text,
	sms_consent_source_key text collate "C",
	created_at timestamptz,
	updated_at timestamptz,
	archived_at timestamptz,
	fields jsonb not null default '{}', -- custom fields as stored and shown
	keys jsonb not null default '{}' -- the same as compared
);
create index contact_present on contact (cno) where archived_at is null; -- everyone, without reading the table
create index contact_email on contact (email_key, cno);
create index contact_country on contact (country_key, cno);
create index contact_consent on contact (email_consent, cno);

create table contact_tag (
	tag text collate "C" not null,
	cno int not null,
	at timestamptz not null,
	primary key (tag, cno)
);
create index contact_tag_cno on contact_tag (cno);

create table list_member (
	list text collate "C" not null,
	cno int not null,
	at timestamptz not null,
	primary key (list, cno)
);
create index list_member_cno on list_member (cno);

create table event_type (
	no int primary key,
	id text collate "C" not null unique
);

-- The main reference of an event: a campaign, an order, a page.
create table ref (
	no int primary key,
	text text collate "C" not null unique,
	key text collate "C" not null
);

create table event (
	no bigint primary key,
	id text collate "C" not null unique,
	cno int not null,
	type int not null,
	at timestamptz not null,
	ref int,
	value double precision
);
create index event_set on event (type, at, cno) include (value);
create index event_contact on event (cno, type, at);

-- Only events that have more than a reference and a value.
create table event_property (
	event bigint primary key,
	properties jsonb not null,
	keys jsonb not null
);

-- What an import did, so that it can be undone. One row a contact it touched.
create table import_run (
	id text primary key,
	file text not null,
	kind text not null, -- 'contacts' or 'events'
	at timestamptz not null,
	report jsonb not null, -- counts, as shown
	definitions jsonb not null, -- what the workspace document must learn from it
	undone_at timestamptz
);
create table import_contact (
	import text not null,
	cno int not null,
	created boolean not null,
	before jsonb, -- what it changed, as it was
	after jsonb, -- and as it left it
	primary key (import, cno)
);
create table import_event (
	import text not null,
	event bigint not null,
	primary key (import, event)
);

-- A write carries an id and is remembered with its answer, so that asking again does it once.
create table applied (
	id text primary key,
	answer jsonb,
	at timestamptz not null
);

-- Contacts changed since somebody last looked. Emptied by a crash, after which everything is asked anew.
create unlogged table dirty (
	cno int not null,
	what text not null -- the table that changed
);

create function note_contact() returns trigger language plpgsql as $$
begin
	if tg_op = 'DELETE' then
		insert into dirty select cno, tg_table_name from old_row;
	elsif tg_op = 'INSERT' then
		insert into dirty select cno, tg_table_name from new_row;
	else -- a row may go from one contact to another: both changed
		insert into dirty select cno, tg_table_name from old_row union select cno, tg_table_name from new_row;
	end if;
	return null;
end
$$;

create trigger noted_insert after insert on contact referencing new table as new_row for each statement execute function note_contact();
create trigger noted_update after update on contact referencing old table as old_row new table as new_row for each statement execute function note_contact();
create trigger noted_delete after delete on contact referencing old table as old_row for each statement execute function note_contact();
create trigger noted_insert after insert on contact_tag referencing new table as new_row for each statement execute function note_contact();
create trigger noted_update after update on contact_tag referencing old table as old_row new table as new_row for each statement execute function note_contact();
create trigger noted_delete after delete on contact_tag referencing old table as old_row for each statement execute function note_contact();
create trigger noted_insert after insert on list_member referencing new table as new_row for each statement execute function note_contact();
create trigger noted_update after update on list_member referencing old table as old_row new table as new_row for each statement execute function note_contact();
create trigger noted_delete after delete on list_member referencing old table as old_row for each statement execute function note_contact();
create trigger noted_insert after insert on event referencing new table as new_row for each statement execute function note_contact();
create trigger noted_update after update on event referencing old table as old_row new table as new_row for each statement execute function note_contact();
create trigger noted_delete after delete on event referencing old table as old_row for each statement execute function note_contact();
