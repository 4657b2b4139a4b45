create table setting(name text primary key, value text not null);

create table workspace(id text primary key, epoch int not null default 0, made timestamptz not null default now());

-- Of an epoch that is over: when that was.
create table past_epoch(workspace text not null, epoch int not null, ended timestamptz not null default now(), primary key(workspace, epoch));

create table member(
	workspace text not null references workspace on delete cascade,
	id text not null,
	role text not null,
	joined timestamptz not null default now(),
	seen timestamptz not null default now(),
	removed timestamptz,
	primary key(workspace, id));

-- `refresh` is a hash: who reads this table cannot come in by it.
create table device(
	workspace text not null,
	id text not null,
	member text not null,
	card text not null,
	refresh bytea not null unique,
	joined timestamptz not null default now(),
	seen timestamptz not null default now(),
	primary key(workspace, id),
	foreign key(workspace, member) references member on delete cascade);

create table invitation(
	id text primary key,
	workspace text not null,
	role text not null,
	secret bytea not null,
	made_by text not null,
	expires timestamptz not null,
	used timestamptz,
	foreign key(workspace, made_by) references member on delete cascade);

-- What devices sent, as it came, in order. Rows that a snapshot covers stay 30 days, to go back to any moment.
create table doc_update(
	id bigint generated always as identity primary key,
	room text not null,
	at timestamptz not null,
	sub text,
	data bytea not null);
create index doc_update_room on doc_update(room, id);
alter table doc_update alter column data set storage external;

-- All rows of a room up to and with `upto`, applied.
create table doc_snapshot(room text primary key, upto bigint not null, at timestamptz not null default now(), data bytea not null);

create table blob(
	id text primary key,
	workspace text not null references workspace on delete cascade,
	size bigint not null,
	parts int not null,
	expires timestamptz not null);
create index blob_workspace on blob(workspace);
create table blob_part(
	blob text not null references blob on delete cascade,
	part int not null,
	data bytea not null,
	taken boolean not null default false,
	primary key(blob, part));
