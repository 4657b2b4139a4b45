-- Who entered a segment or left it: one row for all who did at one instant, so that a hundred thousand take 400 kB.
create table segment_log (
	no bigint primary key, -- in the order in which they were noted
	segment text collate "C" not null,
	at timestamptz not null,
	entered boolean not null, -- else left
	-- 'data', 'rule' or 'time'; 'began': was in it when its history began; 'recomputed': on a day before that
	cause text collate "C" not null,
	size int not null, -- how many they are
	cnos int[] not null -- ascending
);
create index segment_log_time on segment_log (segment, at);

insert into segment_log
select row_number() over (order by at, segment, entered), segment, at, entered, 'data', count(*), array_agg(cno order by cno)
from segment_move group by segment, at, entered;

drop table segment_move;
create view segment_move as select segment, entered, at, cause, cno from segment_log, unnest(cnos) as cno;

-- What the log of a segment adds up to: who was in it when it was last looked at.
create table segment_history (
	segment text collate "C" primary key,
	began timestamptz not null, -- days before it were recomputed
	looked timestamptz not null,
	version bigint not null, -- of the data then, as `touched` has it
	rule text collate "C" not null, -- a digest of the rule that they are the members of
	members bytea not null -- one bit a contact
);

-- Numbers of contacts are never used again, also when the last of them is deleted: sets of that time may have it.
create table contact_number (
	last int not null -- of all that were deleted
);
insert into contact_number
select coalesce(greatest((select max(cno) from contact), (select max(cno) from field_change), (select max(cno) from segment_move)), -1);
