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
  CONSTRAINT nomenclature_pkey PRIMARY KEY (name),
  CONSTRAINT nomenclature_periode
    CHECK (valide_du IS NULL OR valide_au IS NULL OR valide_du < valide_au)
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
  pilier text NOT NULL,
  transversale boolean NOT NULL,
  part_reference_points integer,
  nomenclature text NOT NULL
    GENERATED ALWAYS AS (substring(name FROM '^nomenclatures/[^/]+')) STORED,
  CONSTRAINT thematique_pkey PRIMARY KEY (name),
  CONSTRAINT thematique_parent_fkey FOREIGN KEY (parent) REFERENCES thematique (name),
  CONSTRAINT thematique_pilier_fkey FOREIGN KEY (pilier) REFERENCES thematique (name),
  CONSTRAINT thematique_nomenclature_fkey
    FOREIGN KEY (nomenclature) REFERENCES nomenclature (name),
  CONSTRAINT thematique_code_key UNIQUE (nomenclature, code),
  -- A tree lies in one nomenclature; a root is its own pillar.
  CONSTRAINT thematique_arbre CHECK (
    (parent IS NULL OR starts_with(parent, nomenclature || '/')) AND parent <> name
    AND (parent IS NULL) = (niveau = 1) AND (parent IS NULL) = (pilier = name)),
  CONSTRAINT thematique_niveau CHECK (niveau BETWEEN 1 AND 4),
  CONSTRAINT thematique_part CHECK (part_reference_points BETWEEN 0 AND 10000)
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
  CONSTRAINT correspondance_source_cible_key UNIQUE (source, cible),
  CONSTRAINT correspondance_autre CHECK (split_part(source, '/', 2) <> split_part(cible, '/', 2))
);

CREATE TABLE dispositif (
  name text NOT NULL,
  uid text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  libelle text NOT NULL,
  description text,
  thematique text,
  CONSTRAINT dispositif_pkey PRIMARY KEY (name),
  CONSTRAINT dispositif_thematique_fkey FOREIGN KEY (thematique) REFERENCES thematique (name)
);

CREATE INDEX thematique_parent ON thematique (parent);
CREATE INDEX correspondance_cible ON correspondance (cible);
