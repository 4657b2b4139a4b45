-- Of an address that was lifted only the SHA-256 is kept: who wants the address itself gone lifts it.
alter table suppression_lift rename column address to hash;
update suppression_lift set hash = encode(sha256(convert_to(hash, 'UTF8')), 'hex');
