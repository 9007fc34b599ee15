-- Renewals: a dossier that carries another one on, and the lineage of both.
ALTER TABLE action
  ADD COLUMN reconduite_de text,
  ADD COLUMN lignee text,
  ADD COLUMN annee integer NOT NULL DEFAULT 0,
  ADD COLUMN annees integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT action_reconduite_fkey FOREIGN KEY (reconduite_de) REFERENCES action (name),
  ADD CONSTRAINT action_lignee_fkey FOREIGN KEY (lignee) REFERENCES action (name),
  ADD CONSTRAINT action_lignee CHECK ((reconduite_de IS NULL) = (lignee IS NULL) AND lignee <> name),
  -- Year n of N of a pluriannual action; four at most, as its convention.
  ADD CONSTRAINT action_annees
    CHECK ((annee = 0 AND annees = 0) OR (annees BETWEEN 2 AND 4 AND annee BETWEEN 1 AND annees));
-- Carried on once for an exercice.
CREATE UNIQUE INDEX action_reconduite_key ON action (reconduite_de, exercice)
  WHERE delete_time IS NULL AND reconduite_de IS NOT NULL AND etat <> 'ABANDONNEE';
CREATE INDEX action_lignee ON action (lignee) WHERE lignee IS NOT NULL;
-- Where a dossier comes from does not change.
CREATE FUNCTION tenir_lignee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'la lignée d''un dossier ne change pas'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'action_lignee_fixe';
END $$;
CREATE TRIGGER action_lignee_fixe BEFORE UPDATE ON action
  FOR EACH ROW WHEN ((OLD.reconduite_de, OLD.lignee) IS DISTINCT FROM (NEW.reconduite_de, NEW.lignee))
  EXECUTE FUNCTION tenir_lignee();

-- Contrat d'engagement républicain: who subscribed it; who withdrew it, why, and since when the
-- association could present its observations (loi n° 2000-321, art. 10-1).
ALTER TABLE porteur
  ADD COLUMN cer_souscrit_par text,
  ADD COLUMN cer_retire_par text,
  ADD COLUMN cer_retrait_motif text,
  ADD COLUMN cer_observations_le date,
  ADD CONSTRAINT porteur_engagement_retrait CHECK (cer_retire_le IS NULL
    OR (cer_retire_par IS NOT NULL AND cer_retrait_motif IS NOT NULL
        AND cer_observations_le IS NOT NULL));
