-- Territories. Every fact is dated [valide_du, valide_au): nothing is overwritten.
CREATE TABLE region (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  CONSTRAINT region_pkey PRIMARY KEY (name),
  CONSTRAINT region_code_key UNIQUE (code),
  CONSTRAINT region_nom CHECK (name = 'regions/' || lower(code))
);

CREATE TABLE departement (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  region text,
  CONSTRAINT departement_pkey PRIMARY KEY (name),
  CONSTRAINT departement_region_fkey FOREIGN KEY (region) REFERENCES region (name),
  CONSTRAINT departement_code_key UNIQUE (code),
  CONSTRAINT departement_nom CHECK (name = 'departements/' || lower(code))
);

CREATE TABLE commune (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  type text NOT NULL,
  departement text,
  region text,
  valide_du date,
  valide_au date,
  successeur text,
  CONSTRAINT commune_pkey PRIMARY KEY (name),
  CONSTRAINT commune_departement_fkey FOREIGN KEY (departement) REFERENCES departement (name),
  CONSTRAINT commune_region_fkey FOREIGN KEY (region) REFERENCES region (name),
  -- A code may name a commune and one that was joined to it: the kind of the latter is in the name.
  CONSTRAINT commune_nom CHECK (name = 'communes/' || lower(code) ||
    CASE WHEN type IN ('COMA', 'COMD') THEN '-' || lower(type) ELSE '' END),
  CONSTRAINT commune_type CHECK (type IN ('COM', 'ARM', 'COMA', 'COMD')),
  CONSTRAINT commune_periode CHECK (valide_du IS NULL OR valide_au IS NULL OR valide_du < valide_au)
);

CREATE TABLE epci (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  siren text NOT NULL,
  libelle text NOT NULL,
  nature text,
  departement text,
  CONSTRAINT epci_pkey PRIMARY KEY (name),
  CONSTRAINT epci_departement_fkey FOREIGN KEY (departement) REFERENCES departement (name),
  CONSTRAINT epci_siren_key UNIQUE (siren),
  CONSTRAINT epci_nom CHECK (name = 'epci/' || siren)
);

CREATE TABLE appartenance (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  commune text NOT NULL,
  epci text NOT NULL,
  valide_du date,
  valide_au date,
  CONSTRAINT appartenance_pkey PRIMARY KEY (name),
  CONSTRAINT appartenance_commune_fkey FOREIGN KEY (commune) REFERENCES commune (name),
  CONSTRAINT appartenance_epci_fkey FOREIGN KEY (epci) REFERENCES epci (name),
  CONSTRAINT appartenance_periode
    CHECK (valide_du IS NULL OR valide_au IS NULL OR valide_du < valide_au)
);

CREATE TABLE qpv (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  communes text[] NOT NULL,
  departement text,
  region text,
  epci text,
  centre_longitude double precision,
  centre_latitude double precision,
  population bigint,
  valide_du date,
  valide_au date,
  generation text NOT NULL,
  CONSTRAINT qpv_pkey PRIMARY KEY (name),
  CONSTRAINT qpv_departement_fkey FOREIGN KEY (departement) REFERENCES departement (name),
  CONSTRAINT qpv_region_fkey FOREIGN KEY (region) REFERENCES region (name),
  CONSTRAINT qpv_code_key UNIQUE (code),
  CONSTRAINT qpv_nom CHECK (name = 'qpv/' || lower(code)),
  CONSTRAINT qpv_generation CHECK
    (generation = CASE left(code, 2) WHEN 'QP' THEN '2015-2023' WHEN 'QN' THEN '2024-2030' END),
  CONSTRAINT qpv_periode CHECK (valide_du IS NULL OR valide_au IS NULL OR valide_du < valide_au)
);

CREATE TABLE contour (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  qpv text NOT NULL,
  polygones jsonb,
  CONSTRAINT contour_pkey PRIMARY KEY (name),
  CONSTRAINT contour_qpv_fkey FOREIGN KEY (qpv) REFERENCES qpv (name),
  CONSTRAINT contour_qpv_key UNIQUE (qpv)
);

CREATE TABLE passage (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  ancien text NOT NULL,
  nouveau text NOT NULL,
  part_points integer NOT NULL,
  CONSTRAINT passage_pkey PRIMARY KEY (name),
  CONSTRAINT passage_ancien_fkey FOREIGN KEY (ancien) REFERENCES qpv (name),
  CONSTRAINT passage_nouveau_fkey FOREIGN KEY (nouveau) REFERENCES qpv (name),
  CONSTRAINT passage_ancien_nouveau_key UNIQUE (ancien, nouveau),
  CONSTRAINT passage_part CHECK (part_points BETWEEN 1 AND 10000),
  CONSTRAINT passage_autre CHECK (ancien <> nouveau)
);

CREATE INDEX commune_departement ON commune (departement);
CREATE INDEX appartenance_commune ON appartenance (commune);
CREATE INDEX appartenance_epci ON appartenance (epci);
CREATE INDEX qpv_departement ON qpv (departement);
CREATE INDEX qpv_communes ON qpv USING gin (communes);
CREATE INDEX passage_nouveau ON passage (nouveau);

-- A quartier of the older generation is never shared out beyond the whole. A constraint on several
-- rows: writers of one older quartier wait for each other on its row, then each sees the others'.
CREATE FUNCTION passage_sommer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM qpv WHERE name IN (SELECT ancien FROM apres) ORDER BY name FOR NO KEY UPDATE;
  PERFORM 1 FROM passage WHERE ancien IN (SELECT ancien FROM apres)
    GROUP BY ancien HAVING sum(part_points) > 10000;
  IF FOUND THEN
    RAISE EXCEPTION 'les parts d''un ancien quartier dépassent le tout'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_parts', TABLE = 'passage';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER passage_ajoute AFTER INSERT ON passage REFERENCING NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION passage_sommer();
CREATE TRIGGER passage_modifie AFTER UPDATE ON passage REFERENCING NEW TABLE AS apres
  FOR EACH STATEMENT EXECUTE FUNCTION passage_sommer();
