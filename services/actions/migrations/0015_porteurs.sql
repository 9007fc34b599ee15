-- Every subscription and withdrawal of the contrat d'engagement républicain, in the order in which they
-- were recorded: what was paid is recovered pro rata of the period that remains from the breach on
-- (décret n° 2021-1947, art. 5), so that a new subscription does not take the withdrawal away.
ALTER TABLE porteur
  ADD COLUMN cer_historique jsonb,
  -- What is deemed to satisfy it (loi n° 2000-321, art. 10-1).
  ADD COLUMN reconnue_utilite_publique_le date,
  ADD COLUMN agrement_tronc_commun_le date,
  ADD COLUMN agrement_tronc_commun_jusquau date,
  ADD CONSTRAINT porteur_agrement
    CHECK (agrement_tronc_commun_jusquau IS NULL OR (agrement_tronc_commun_le IS NOT NULL
           AND agrement_tronc_commun_jusquau >= agrement_tronc_commun_le));

CREATE FUNCTION pg_temp.jour(jour date) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_object('year', extract(year FROM jour)::int, 'month',
                            extract(month FROM jour)::int, 'day', extract(day FROM jour)::int)
$$;
UPDATE porteur SET cer_historique =
  jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
    'nature', 'NATURE_FAIT_ENGAGEMENT_SOUSCRIPTION', 'date', pg_temp.jour(cer_souscrit_le),
    'acteur', cer_souscrit_par)))
  || CASE WHEN cer_retire_le IS NULL THEN '[]'::jsonb ELSE
    jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
      'nature', 'NATURE_FAIT_ENGAGEMENT_RETRAIT', 'date', pg_temp.jour(cer_retire_le),
      'acteur', cer_retire_par, 'motif', cer_retrait_motif,
      'observations_le', pg_temp.jour(cer_observations_le)))) END
WHERE cer_souscrit_le IS NOT NULL;
DROP FUNCTION pg_temp.jour;

-- The history grows by its end, and what it sums up moves with it only, whoever writes.
CREATE FUNCTION tenir_engagement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  avant jsonb := coalesce(OLD.cer_historique, '[]');
  apres jsonb := coalesce(NEW.cer_historique, '[]');
BEGIN
  IF avant IS DISTINCT FROM (SELECT coalesce(jsonb_agg(f ORDER BY n), '[]')
                             FROM jsonb_array_elements(apres) WITH ORDINALITY AS t (f, n)
                             WHERE n <= jsonb_array_length(avant))
     OR jsonb_array_length(apres) = jsonb_array_length(avant)
  THEN
    RAISE EXCEPTION 'une souscription ou un retrait ne s''efface pas'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'porteur_engagement_historique';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER porteur_engagement_historique BEFORE UPDATE ON porteur
  FOR EACH ROW WHEN ((OLD.cer_historique, OLD.cer_souscrit_le, OLD.cer_souscrit_par,
                      OLD.cer_retire_le, OLD.cer_retire_par, OLD.cer_retrait_motif,
                      OLD.cer_observations_le)
                     IS DISTINCT FROM
                     (NEW.cer_historique, NEW.cer_souscrit_le, NEW.cer_souscrit_par,
                      NEW.cer_retire_le, NEW.cer_retire_par, NEW.cer_retrait_motif,
                      NEW.cer_observations_le))
  EXECUTE FUNCTION tenir_engagement();

-- Who named the people of a porteur: an administrateur may be named from outside, where none is left.
ALTER TABLE membre ADD COLUMN nomme_par text;
