-- Of which included segments and lists somebody was when an audience was frozen: their places in what was asked for, from
-- 0 on. Null where that was not kept (frozen before), or of whom nobody knows any more (erased).
alter table campaign_recipient add column sources int[];
