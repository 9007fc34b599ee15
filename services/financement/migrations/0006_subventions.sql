-- Attributions that local authorities publish (décret 2017-779). They are compared with lines, and
-- move nothing.
CREATE TABLE subvention (
  name                 text NOT NULL,
  uid                  text NOT NULL,
  revision             bigint NOT NULL,
  create_time          timestamptz NOT NULL,
  update_time          timestamptz NOT NULL,
  attribuant           text NOT NULL,
  attribuant_siret     text NOT NULL,
  date_convention      date NOT NULL,
  reference            text,
  beneficiaire         text NOT NULL,
  beneficiaire_siret   text,
  beneficiaire_rna     text,
  objet                text NOT NULL,
  montant_centimes     bigint NOT NULL,
  nature               text NOT NULL,
  conditions_versement text NOT NULL,
  periode_versement    text NOT NULL,
  id_rae               text,
  notification_ue      boolean NOT NULL,
  part_points          integer NOT NULL,
  dispositif_aide      text,
  rang                 integer NOT NULL,
  source               text,
  CONSTRAINT subvention_pkey PRIMARY KEY (name),
  -- What makes an attribution one and the same, whatever its name: a file read again changes it, and
  -- never doubles it.
  CONSTRAINT subvention_cle_naturelle UNIQUE NULLS NOT DISTINCT
    (attribuant_siret, beneficiaire_siret, beneficiaire_rna, date_convention, reference, objet, nature,
     rang),
  CONSTRAINT subvention_beneficiaire CHECK (
    beneficiaire_siret IS NOT NULL OR beneficiaire_rna IS NOT NULL),
  CONSTRAINT subvention_nature CHECK (nature IN ('NUMERAIRE', 'NATURE', 'NUMERAIRE_ET_NATURE')),
  CONSTRAINT subvention_part CHECK (part_points BETWEEN 0 AND 10000),
  -- Its years are read in SQL too.
  CONSTRAINT subvention_periode CHECK (
    periode_versement ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$'),
  CONSTRAINT subvention_rang CHECK (rang >= 1)
);
-- Those of a porteur: by its company (the first 9 digits), or by its association.
CREATE INDEX subvention_siren ON subvention (left(beneficiaire_siret, 9))
  WHERE beneficiaire_siret IS NOT NULL;
CREATE INDEX subvention_rna ON subvention (beneficiaire_rna) WHERE beneficiaire_rna IS NOT NULL;
