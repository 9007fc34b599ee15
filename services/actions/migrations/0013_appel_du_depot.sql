-- A dossier that was filed answers the appel that it was filed for: its window was that one's.
CREATE FUNCTION tenir_appel_du_depot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'un dossier déposé ne change pas d''appel à projets'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'action_appel_fixe';
END $$;
CREATE TRIGGER action_appel_fixe BEFORE UPDATE ON action
  FOR EACH ROW WHEN (OLD.depot_time IS NOT NULL AND NEW.appel IS DISTINCT FROM OLD.appel)
  EXECUTE FUNCTION tenir_appel_du_depot();

-- What an import said last: the same statement again changes nothing.
ALTER TABLE action ADD COLUMN empreinte_importee text;

-- Who closed an appel, and when. Those that were closed before nobody kept it for keep none.
ALTER TABLE appel
  ADD COLUMN clos_time timestamptz,
  ADD COLUMN clos_par text,
  ADD CONSTRAINT appel_cloture CHECK ((clos_time IS NULL) = (clos_par IS NULL));
