-- An audience as it was when a campaign was sent. Contacts change; what it was and what was handed over does not.
create table campaign_run (
	id text collate "C" primary key,
	campaign text collate "C" not null,
	ref text not null, -- what its events call it
	at timestamptz not null, -- as of when it was evaluated
	how text collate "C" not null, -- 'file', 'messages' or 'smtp'
	frozen jsonb not null, -- what they get, the rules they were chosen by, the moment and the counts
	reach int not null,
	hash text not null, -- of who they are and what they get
	state text collate "C" not null -- 'frozen' or 'sent'
);
create index campaign_run_campaign on campaign_run (campaign, at);

-- Who is erased later stays as a row without a number, a uid or an address: its hash keeps the audience verifiable.
create table campaign_recipient (
	run text collate "C" not null,
	place int not null, -- from 0 on
	cno int,
	uid text,
	uid_hash bytea not null, -- SHA-256
	address text,
	variants int[] not null, -- by dynamic block: which variant, or -1
	status text collate "C" not null, -- 'frozen', 'sending', 'sent', 'refused', 'unsure' or 'withheld'
	status_at timestamptz not null,
	diagnostic text,
	message_id text,
	primary key (run, place)
);
create index campaign_recipient_cno on campaign_recipient (cno);

-- Suppressions that were lifted by hand: what other devices told of them before is not believed again.
create table suppression_lift (
	channel text collate "C" not null,
	address text collate "C" not null,
	reason text collate "C" not null,
	at timestamptz not null,
	primary key (channel, address, reason)
);
