-- The legal steps of a dossier, whoever writes. The table is that of domain/etats.cc; a test compares
-- them. What an import states of the past comes with another etat_importe and follows no step.
CREATE TABLE etape_action (
  de text NOT NULL,
  vers text NOT NULL,
  CONSTRAINT etape_action_pkey PRIMARY KEY (de, vers)
);
INSERT INTO etape_action (de, vers) VALUES
  ('BROUILLON', 'EN_ATTENTE_ATTESTATION'), ('BROUILLON', 'ABANDONNEE'),
  ('EN_ATTENTE_ATTESTATION', 'DEPOSEE'), ('EN_ATTENTE_ATTESTATION', 'ABANDONNEE'),
  ('DEPOSEE', 'EN_ATTENTE_ATTESTATION'), ('DEPOSEE', 'A_COMPLETER'), ('DEPOSEE', 'COMPLETE'),
  ('DEPOSEE', 'IRRECEVABLE'), ('DEPOSEE', 'ABANDONNEE'),
  ('A_COMPLETER', 'EN_ATTENTE_ATTESTATION'), ('A_COMPLETER', 'IRRECEVABLE'),
  ('A_COMPLETER', 'ABANDONNEE'),
  ('COMPLETE', 'EN_ATTENTE_ATTESTATION'), ('COMPLETE', 'A_COMPLETER'),
  ('COMPLETE', 'EN_INSTRUCTION'), ('COMPLETE', 'IRRECEVABLE'), ('COMPLETE', 'ABANDONNEE'),
  ('EN_INSTRUCTION', 'EN_ATTENTE_ATTESTATION'), ('EN_INSTRUCTION', 'A_COMPLETER'),
  ('EN_INSTRUCTION', 'PROGRAMMEE'), ('EN_INSTRUCTION', 'REFUSEE'), ('EN_INSTRUCTION', 'AJOURNEE'),
  ('EN_INSTRUCTION', 'IRRECEVABLE'), ('EN_INSTRUCTION', 'ABANDONNEE'),
  ('AJOURNEE', 'EN_ATTENTE_ATTESTATION'), ('AJOURNEE', 'EN_INSTRUCTION'),
  ('AJOURNEE', 'ABANDONNEE');
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON etape_action FROM PUBLIC, CURRENT_USER;

CREATE FUNCTION tenir_etapes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM apres n JOIN avant o USING (name)
             WHERE n.etat <> o.etat AND n.etat_importe IS NOT DISTINCT FROM o.etat_importe
               AND NOT EXISTS (SELECT 1 FROM etape_action e
                               WHERE e.de = o.etat AND e.vers = n.etat)) THEN
    RAISE EXCEPTION 'cette transition n''existe pas'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'action_etape';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER action_etape AFTER UPDATE ON action
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION tenir_etapes();
-- A deposit and an attestation are facts: they are not taken back, and a dossier is filed by adding one.
CREATE FUNCTION tenir_attestations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.depot_time IS DISTINCT FROM OLD.depot_time AND OLD.depot_time IS NOT NULL
     OR jsonb_array_length(coalesce(NEW.attestations, '[]'))
        < jsonb_array_length(coalesce(OLD.attestations, '[]'))
     OR coalesce(OLD.attestations, '[]') IS DISTINCT FROM
        (SELECT coalesce(jsonb_agg(a ORDER BY n), '[]')
         FROM jsonb_array_elements(coalesce(NEW.attestations, '[]')) WITH ORDINALITY AS t (a, n)
         WHERE n <= jsonb_array_length(coalesce(OLD.attestations, '[]')))
     OR (NEW.etat = 'DEPOSEE' AND OLD.etat = 'EN_ATTENTE_ATTESTATION'
         AND jsonb_array_length(coalesce(NEW.attestations, '[]'))
             = jsonb_array_length(coalesce(OLD.attestations, '[]')))
  THEN
    RAISE EXCEPTION 'une attestation ne se reprend pas'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'action_attestation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER action_attestation BEFORE UPDATE ON action
  FOR EACH ROW WHEN (NEW.attestations IS DISTINCT FROM OLD.attestations
                     OR NEW.depot_time IS DISTINCT FROM OLD.depot_time
                     OR (NEW.etat = 'DEPOSEE' AND OLD.etat = 'EN_ATTENTE_ATTESTATION'))
  EXECUTE FUNCTION tenir_attestations();
