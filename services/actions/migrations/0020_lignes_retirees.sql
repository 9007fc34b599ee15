-- A line that was withdrawn is not waited for (domain/issue.cc; a test compares them).
CREATE OR REPLACE FUNCTION ligne_decidee(etat text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(etat IN ('VOTEE', 'NOTIFIEE', 'ENGAGEE', 'VERSEE', 'JUSTIFIEE', 'SOLDEE', 'A_REVERSER',
                           'REVERSEE', 'IRRECEVABLE', 'REFUSEE', 'RETIREE'), false)
$$;
