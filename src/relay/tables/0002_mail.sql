-- That a message was handed to the mail server, so that it is not twice. No address and nothing of what it says.
create table mail(
	workspace text not null references workspace on delete cascade,
	-- A hash.
	id text not null,
	-- begun: written before the mail server hears of it; sent, refused: what it said; unsure: nobody heard what it said.
	state text not null,
	-- The start of a relay that began it: where that one is gone, nobody will ever know.
	process text not null,
	code int,
	-- What it said, without addresses.
	text text,
	-- Of a refused one, what is refused: recipient, content.
	refused text,
	at timestamptz not null default now(),
	primary key(workspace, id));
create index mail_at on mail(at);
