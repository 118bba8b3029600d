// An application with node-vault and node-postgres: reads its credentials and logs in with them again and again, and
// prints what it has seen as JSON.
'use strict';

const { Client } = require('pg');
const vault = require('node-vault')({ apiVersion: 'v1', endpoint: process.env.VAULT_ADDR });
const { ALTERNATING, IN_PLACE } = process.env;
const LONGEST_GAP = 30_000;
const { hostname, port, pathname } = new URL(process.env.DATABASE);
const counts = { logins: 0, failed: 0 };
const gaps = [];

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function read(path) {
  const { data } = await vault.read(`secret/data/${path}`);
  return { version: data.metadata.version, ...data.data };
}

// Whether the database accepts the value; anything but a refused login is an error.
async function logsIn({ username, password }) {
  const client = new Client({ host: hostname, port, database: pathname.slice(1), user: username, password });
  try {
    await client.connect();
    return true;
  } catch (refusal) {
    if (refusal.code !== '28P01' && refusal.code !== '28000') {
      throw refusal;
    }
    return false;
  } finally {
    await client.end();
  }
}

// A login is refused: reads until there is another version, and logs in with that.
async function heal(old) {
  const since = Date.now();
  let next = await read(IN_PLACE);
  while (next.version === old.version) {
    if (Date.now() - since > LONGEST_GAP) {
      throw new Error(`version ${old.version} is refused, and there is no other`);
    }
    await pause(20);
    next = await read(IN_PLACE);
  }
  gaps.push({ seconds: (Date.now() - since) / 1000, healed: await logsIn(next) });
  return next;
}

async function main() {
  await vault.approleLogin({ role_id: process.env.ROLE_ID, secret_id: process.env.SECRET_ID });
  const versions = [];
  let kept = await read(IN_PLACE);
  const end = Date.now() + Number(process.env.SECONDS) * 1000;
  while (Date.now() < end) {
    const fresh = await read(ALTERNATING);
    counts.logins += 1;
    counts.failed += (await logsIn(fresh)) ? 0 : 1;
    if (!versions.includes(fresh.version)) {
      versions.push(fresh.version);
    }
    if (!(await logsIn(kept))) {
      kept = await heal(kept);
    }
    await pause(100);
  }
  const metadata = await vault.read(`secret/metadata/${ALTERNATING}`);
  const folder = await vault.list(`secret/metadata/${ALTERNATING.slice(0, ALTERNATING.lastIndexOf('/'))}`);
  const fixed = await vault.read(`database/static-creds/${ALTERNATING}`);
  const renewed = await vault.tokenRenewSelf();
  await vault.health();
  let writing = 'no';
  try {
    await vault.write(`secret/data/${ALTERNATING}`, { data: { a: 'b' } });
  } catch (refusal) {
    writing = String(refusal.response.statusCode);
  }
  await vault.tokenRevokeSelf();
  let revoked = false;
  try {
    await vault.read(`secret/data/${ALTERNATING}`);
  } catch (refusal) {
    revoked = refusal.response.statusCode === 403;
  }
  console.log(JSON.stringify({
    versions,
    ...counts,
    gaps,
    current: metadata.data.current_version,
    keys: folder.data.keys,
    ttl: fixed.data.ttl,
    renewed: renewed.auth.lease_duration,
    writing,
    revoked,
  }));
}

main().catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});
