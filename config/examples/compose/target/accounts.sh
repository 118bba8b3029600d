#!/bin/bash
# Prepares the target at its first start: a database, two accounts, and the administrator that Lockstep logs in as.
set -euo pipefail

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv admin_password TARGET_ADMIN_PASSWORD
\getenv orders_password ORDERS_PASSWORD
\getenv invoices_password INVOICES_PASSWORD

CREATE TABLE item (id int PRIMARY KEY);

CREATE ROLE orders_app LOGIN PASSWORD :'orders_password';
CREATE ROLE invoices_app LOGIN PASSWORD :'invoices_password';
GRANT SELECT, INSERT, UPDATE ON item TO orders_app, invoices_app;

CREATE ROLE lockstep_admin LOGIN CREATEROLE PASSWORD :'admin_password';
GRANT pg_signal_backend TO lockstep_admin;
GRANT orders_app, invoices_app TO lockstep_admin WITH ADMIN OPTION;
SQL
