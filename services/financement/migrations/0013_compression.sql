-- The answer to a lot of a thousand votes is a quarter of a megabyte that is kept for its request_id, and a budget
-- of sixty lines is written three times (row, answer, journal): compressed by LZ4, which costs much less than
-- PostgreSQL's own way, where the server was built with it. What was written before stays as it is.
DO $$
BEGIN
  IF 'lz4' = ANY((SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression')::text[]) THEN
    ALTER TABLE idempotence ALTER COLUMN reponse SET COMPRESSION lz4;
    ALTER TABLE journal ALTER COLUMN ressource SET COMPRESSION lz4;
    ALTER TABLE budget ALTER COLUMN lignes SET COMPRESSION lz4;
  END IF;
END $$;
