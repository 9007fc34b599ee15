-- A dossier that was filed stays with the porteur that filed it: another one would file after the closing,
-- under a deposit that is not its own.
CREATE FUNCTION tenir_porteur_du_depot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'un dossier déposé ne change pas de porteur'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'action_porteur_fixe';
END $$;
CREATE TRIGGER action_porteur_fixe BEFORE UPDATE ON action
  FOR EACH ROW WHEN (OLD.depot_time IS NOT NULL AND NEW.porteur IS DISTINCT FROM OLD.porteur)
  EXECUTE FUNCTION tenir_porteur_du_depot();

-- Contrat d'engagement républicain (loi n° 2000-321, art. 10-1): withdrawn from who subscribed it, and from
-- who was deemed to satisfy it. Looked at when it is withdrawn: a recognition or an agrément that comes later
-- may take the place of the one that the breach ended.
ALTER TABLE porteur DROP CONSTRAINT porteur_engagement;
CREATE FUNCTION tenir_retrait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.cer_retire_le >= least(NEW.cer_souscrit_le, NEW.reconnue_utilite_publique_le,
                                NEW.agrement_tronc_commun_le) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rien n''est à retirer ce jour-là'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'porteur_engagement';
END $$;
CREATE TRIGGER porteur_engagement_creation BEFORE INSERT ON porteur
  FOR EACH ROW WHEN (NEW.cer_retire_le IS NOT NULL) EXECUTE FUNCTION tenir_retrait();
CREATE TRIGGER porteur_engagement_modification BEFORE UPDATE ON porteur
  FOR EACH ROW WHEN (NEW.cer_retire_le IS NOT NULL AND
                     (NEW.cer_retire_le, NEW.cer_souscrit_le)
                     IS DISTINCT FROM (OLD.cer_retire_le, OLD.cer_souscrit_le))
  EXECUTE FUNCTION tenir_retrait();
