-- The events of an import in blocks of consecutive numbers, for a row an event would weigh as much as the events.
-- `marks` tells each of them from another that may get its number once it is gone.
drop table import_event;
create table import_event (
	import text not null,
	first bigint not null,
	marks int[] not null,
	primary key (import, first)
);

-- Whether the workspace document has learned what an import defined.
alter table import_run add column adopted boolean not null default false;
