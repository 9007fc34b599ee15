-- Nomenclatures are versioned data: pillars disappeared from the contrats of 2024-2030.
CREATE TABLE nomenclature (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  libelle text NOT NULL,
  generation text NOT NULL,
  valide_du date,
  valide_au date,
  CONSTRAINT nomenclature_pkey PRIMARY KEY (name)
);

CREATE TABLE thematique (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  code text NOT NULL,
  libelle text NOT NULL,
  niveau integer NOT NULL,
  parent text,
  pilier text,
  transversale boolean NOT NULL,
  part_reference_points integer,
  CONSTRAINT thematique_pkey PRIMARY KEY (name),
  CONSTRAINT thematique_parent_fkey FOREIGN KEY (parent) REFERENCES thematique (name),
  CONSTRAINT thematique_pilier_fkey FOREIGN KEY (pilier) REFERENCES thematique (name)
);

CREATE TABLE correspondance (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  source text NOT NULL,
  cible text NOT NULL,
  CONSTRAINT correspondance_pkey PRIMARY KEY (name),
  CONSTRAINT correspondance_source_fkey FOREIGN KEY (source) REFERENCES thematique (name),
  CONSTRAINT correspondance_cible_fkey FOREIGN KEY (cible) REFERENCES thematique (name),
  CONSTRAINT correspondance_source_cible_key UNIQUE (source, cible)
);

CREATE TABLE dispositif (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  libelle text NOT NULL,
  description text,
  thematique text,
  CONSTRAINT dispositif_pkey PRIMARY KEY (name),
  CONSTRAINT dispositif_thematique_fkey FOREIGN KEY (thematique) REFERENCES thematique (name)
);

CREATE INDEX thematique_parent ON thematique (parent);
CREATE INDEX correspondance_cible ON correspondance (cible);
