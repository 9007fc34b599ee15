-- Whoever writes and signs files a draft in one transaction: two steps (domain/etats.cc), one write of the
-- row. It is filed by its attestation, as any other.
GRANT INSERT ON etape_action TO CURRENT_USER;
INSERT INTO etape_action (de, vers) VALUES ('BROUILLON', 'DEPOSEE');
REVOKE INSERT ON etape_action FROM CURRENT_USER;

CREATE OR REPLACE FUNCTION tenir_attestations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.depot_time IS DISTINCT FROM OLD.depot_time AND OLD.depot_time IS NOT NULL
     OR jsonb_array_length(coalesce(NEW.attestations, '[]'))
        < jsonb_array_length(coalesce(OLD.attestations, '[]'))
     OR coalesce(OLD.attestations, '[]') IS DISTINCT FROM
        (SELECT coalesce(jsonb_agg(a ORDER BY n), '[]')
         FROM jsonb_array_elements(coalesce(NEW.attestations, '[]')) WITH ORDINALITY AS t (a, n)
         WHERE n <= jsonb_array_length(coalesce(OLD.attestations, '[]')))
     OR (NEW.etat = 'DEPOSEE' AND OLD.etat IN ('BROUILLON', 'EN_ATTENTE_ATTESTATION')
         AND jsonb_array_length(coalesce(NEW.attestations, '[]'))
             = jsonb_array_length(coalesce(OLD.attestations, '[]')))
  THEN
    RAISE EXCEPTION 'une attestation ne se reprend pas'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'action_attestation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER action_attestation ON action;
CREATE TRIGGER action_attestation BEFORE UPDATE ON action
  FOR EACH ROW WHEN (NEW.attestations IS DISTINCT FROM OLD.attestations
                     OR NEW.depot_time IS DISTINCT FROM OLD.depot_time
                     OR (NEW.etat = 'DEPOSEE' AND OLD.etat IN ('BROUILLON', 'EN_ATTENTE_ATTESTATION')))
  EXECUTE FUNCTION tenir_attestations();
