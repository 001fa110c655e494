-- Blobs inside the database, for servers that share no folder. Empty where blobs are files.
-- Chunks hang on a content id, not on the key: replacing a blob never mixes two contents.

CREATE TABLE blob_entry (
  blob_key ${text} PRIMARY KEY,
  content_id ${text} NOT NULL,
  byte_count bigint NOT NULL,
  digest ${text} NOT NULL
);

CREATE TABLE blob_chunk (
  content_id ${text} NOT NULL,
  part bigint NOT NULL,
  bytes ${bytes} NOT NULL,
  PRIMARY KEY (content_id, part)
);
