-- What other devices of a team know of suppressed addresses: keyed hashes, for contacts that are here or come later.
create table suppression_hash (
	hash bytea not null, -- 16 bytes
	reason text collate "C" not null, -- as in `suppression`
	at timestamptz not null,
	primary key (hash, reason)
);

-- Up to where contacts were compared with them; at most one row.
create table suppression_look (
	keys text collate "C" not null, -- by which keys
	hashes int not null, -- how many there were
	version bigint not null -- of the data then, as `touched` has it
);
