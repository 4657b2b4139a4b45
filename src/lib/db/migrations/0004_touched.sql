-- Whom each write changed, so that what was read from the tables at a version can be brought up to date instead of read
-- again. A version is an instant in microseconds that only rises: no other database has it, nor this one a second time
-- should a crash take its last write.
create table touched (
	version bigint primary key,
	contacts int not null, -- how many
	changes jsonb not null -- the contacts by the table that changed
);

-- Everything may have changed: whatever was read before is of no use.
create function touch_everything() returns void language sql as $$
	with gone as (delete from touched returning version)
	insert into touched
	select greatest(max(version) + 1, (extract(epoch from clock_timestamp()) * 1000000)::bigint), 0, '{}' from gone
$$;

-- So it is after a later step of the schema too, whatever that does.
create function touch_after_step() returns trigger language plpgsql as $$
begin
	perform touch_everything();
	return null;
end
$$;
create trigger touched after insert on schema_version for each statement execute function touch_after_step();
