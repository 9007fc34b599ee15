-- Appels à projets.
CREATE TABLE appel (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  libelle text NOT NULL,
  reglement text,
  contrats text[] NOT NULL,
  exercice integer NOT NULL,
  date_ouverture date NOT NULL,
  date_cloture date NOT NULL,
  criteres jsonb,
  part_qpv_min_points integer NOT NULL,
  regles jsonb,
  financeurs text[] NOT NULL,
  pieces jsonb,
  etat text NOT NULL,
  motif text,
  reouvertures jsonb,
  CONSTRAINT appel_pkey PRIMARY KEY (name),
  CONSTRAINT appel_dates CHECK (date_ouverture <= date_cloture),
  CONSTRAINT appel_part_qpv CHECK (part_qpv_min_points BETWEEN 0 AND 10000),
  CONSTRAINT appel_etat CHECK (etat IN ('PREPARATION', 'PUBLIE', 'CLOS')),
  CONSTRAINT appel_contrats CHECK (cardinality(contrats) > 0),
  CONSTRAINT appel_suppression CHECK (delete_time IS NULL OR etat = 'PREPARATION')
);
CREATE TRIGGER appel_ajout_seul BEFORE DELETE OR TRUNCATE ON appel
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
REVOKE DELETE, TRUNCATE ON appel FROM PUBLIC, CURRENT_USER;

-- What porteurs have read no longer changes: only its state, and the trace of its openings, which
-- grows by its end.
CREATE FUNCTION tenir_appel() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  reouvertures_avant jsonb := coalesce(OLD.reouvertures, '[]');
  reouvertures_apres jsonb := coalesce(NEW.reouvertures, '[]');
BEGIN
  IF (OLD.libelle, OLD.reglement, OLD.contrats, OLD.exercice, OLD.date_ouverture, OLD.date_cloture,
      OLD.criteres, OLD.part_qpv_min_points, OLD.regles, OLD.financeurs, OLD.pieces)
     IS DISTINCT FROM
     (NEW.libelle, NEW.reglement, NEW.contrats, NEW.exercice, NEW.date_ouverture, NEW.date_cloture,
      NEW.criteres, NEW.part_qpv_min_points, NEW.regles, NEW.financeurs, NEW.pieces)
     OR NEW.etat = 'PREPARATION'
     OR reouvertures_avant IS DISTINCT FROM
        (SELECT coalesce(jsonb_agg(r ORDER BY n), '[]')
         FROM jsonb_array_elements(reouvertures_apres) WITH ORDINALITY AS t (r, n)
         WHERE n <= jsonb_array_length(reouvertures_avant))
  THEN
    RAISE EXCEPTION 'un appel publié ne change plus'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appel_publie';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appel_publie BEFORE UPDATE ON appel
  FOR EACH ROW WHEN (OLD.etat <> 'PREPARATION') EXECUTE FUNCTION tenir_appel();

ALTER TABLE action ADD CONSTRAINT action_appel_fkey FOREIGN KEY (appel) REFERENCES appel (name);
CREATE INDEX action_appel ON action (appel) WHERE appel IS NOT NULL;

-- What this service knows of financement, fed by its feed.
CREATE TABLE miroir_financeur (
  name text PRIMARY KEY, revision bigint NOT NULL, libelle text
);
