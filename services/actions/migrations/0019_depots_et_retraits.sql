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
