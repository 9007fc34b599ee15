-- Opinions, marks, and the interests that keep people from giving them.
CREATE TABLE avis (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  action text NOT NULL,
  auteur text NOT NULL,
  organisation text,
  qualite text NOT NULL,
  sens text NOT NULL,
  texte text,
  consultatif boolean NOT NULL,
  ecarte boolean NOT NULL,
  CONSTRAINT avis_pkey PRIMARY KEY (name),
  CONSTRAINT avis_action_fkey FOREIGN KEY (action) REFERENCES action (name),
  CONSTRAINT avis_de_l_action CHECK (starts_with(name, action || '/avis/')),
  CONSTRAINT avis_auteur_key UNIQUE (action, auteur, qualite),
  CONSTRAINT avis_qualite
    CHECK (qualite IN ('DELEGUE_PREFET', 'CHEF_PROJET', 'SERVICE', 'CONSEIL_CITOYEN')),
  CONSTRAINT avis_sens CHECK (sens IN ('FAVORABLE', 'RESERVE', 'DEFAVORABLE')),
  CONSTRAINT avis_texte CHECK (sens = 'FAVORABLE' OR texte IS NOT NULL),
  CONSTRAINT avis_consultatif CHECK (consultatif = (qualite = 'CONSEIL_CITOYEN'))
);

CREATE TABLE cotation (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  action text NOT NULL,
  auteur text NOT NULL,
  notes jsonb NOT NULL,
  commentaire text,
  total_points integer NOT NULL,
  ecartee boolean NOT NULL,
  CONSTRAINT cotation_pkey PRIMARY KEY (name),
  CONSTRAINT cotation_action_fkey FOREIGN KEY (action) REFERENCES action (name),
  CONSTRAINT cotation_de_l_action CHECK (starts_with(name, action || '/cotations/')),
  CONSTRAINT cotation_auteur_key UNIQUE (action, auteur),
  CONSTRAINT cotation_total CHECK (total_points BETWEEN 0 AND 10000)
);

CREATE TABLE conflit_interets (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  action text NOT NULL,
  personne text NOT NULL,
  declarant text NOT NULL,
  interet text NOT NULL,
  CONSTRAINT conflit_interets_pkey PRIMARY KEY (name),
  CONSTRAINT conflit_interets_action_fkey FOREIGN KEY (action) REFERENCES action (name),
  CONSTRAINT conflit_interets_de_l_action CHECK (starts_with(name, action || '/conflits/')),
  CONSTRAINT conflit_interets_personne_key UNIQUE (action, personne)
);
-- An interest that was declared is neither changed nor taken back; opinions and marks stay.
CREATE TRIGGER conflit_interets_ajout_seul BEFORE UPDATE OR DELETE OR TRUNCATE ON conflit_interets
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
-- (UPDATE stays granted: SELECT … FOR UPDATE asks for it. The trigger refuses it.)
REVOKE DELETE, TRUNCATE ON conflit_interets, avis, cotation FROM PUBLIC, CURRENT_USER;
CREATE TRIGGER avis_ajout_seul BEFORE DELETE OR TRUNCATE ON avis
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();
CREATE TRIGGER cotation_ajout_seul BEFORE DELETE OR TRUNCATE ON cotation
  FOR EACH STATEMENT EXECUTE FUNCTION refuser_reecriture();

-- Who has an interest gives nothing any more, and what it gave is set aside, whoever writes.
CREATE FUNCTION ecarter_interesses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM conflit_interets c WHERE c.action = NEW.action
             AND c.personne = NEW.auteur)
     AND NOT (to_jsonb(NEW) ->> TG_ARGV[0])::boolean THEN
    RAISE EXCEPTION 'cette personne a un intérêt dans ce dossier'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sans_conflit_interets';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER avis_sans_conflit BEFORE INSERT OR UPDATE ON avis
  FOR EACH ROW EXECUTE FUNCTION ecarter_interesses('ecarte');
CREATE TRIGGER cotation_sans_conflit BEFORE INSERT OR UPDATE ON cotation
  FOR EACH ROW EXECUTE FUNCTION ecarter_interesses('ecartee');
