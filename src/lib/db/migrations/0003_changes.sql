-- Addresses that nothing may be sent to, whoever has them: who is deleted and comes back is still suppressed.
create table suppression (
	channel text collate "C" not null, -- 'email' or 'sms'
	address text collate "C" not null, -- as compared
	reason text collate "C" not null, -- 'hardBounce', 'complaint' or 'manual'
	at timestamptz not null,
	primary key (channel, address, reason)
);

-- Each change of a field's value, as compared. What a contact began with is no change. Written with the contact's row,
-- by the same statement: triggers are off while an import is written.
create table field_change (
	field text collate "C" not null,
	cno int not null,
	at timestamptz not null,
	before jsonb, -- null: no value
	after jsonb
);
create index field_change_set on field_change (field, at, cno);
create index field_change_contact on field_change (cno, field, at);

-- Who entered a segment or left it, and when.
create table segment_move (
	segment text collate "C" not null,
	entered boolean not null, -- else left
	at timestamptz not null,
	cno int not null,
	primary key (segment, entered, at, cno)
);
create index segment_move_contact on segment_move (cno);

-- An address may be that of several contacts.
create function note_suppression() returns trigger language plpgsql as $$
begin
	if tg_op <> 'INSERT' then
		insert into dirty select cno, tg_table_name from contact join old_row on email_key = address where channel = 'email';
	end if;
	if tg_op <> 'DELETE' then
		insert into dirty select cno, tg_table_name from contact join new_row on email_key = address where channel = 'email';
	end if;
	return null;
end
$$;

create trigger noted_insert after insert on suppression referencing new table as new_row for each statement execute function note_suppression();
create trigger noted_update after update on suppression referencing old table as old_row new table as new_row for each statement execute function note_suppression();
create trigger noted_delete after delete on suppression referencing old table as old_row for each statement execute function note_suppression();
create trigger noted_insert after insert on segment_move referencing new table as new_row for each statement execute function note_contact();
create trigger noted_update after update on segment_move referencing old table as old_row new table as new_row for each statement execute function note_contact();
create trigger noted_delete after delete on segment_move referencing old table as old_row for each statement execute function note_contact();
