// JSON lines of several shapes, made with a fixed seed, and of each a search for a term, for a value and for all events.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = join(tmpdir(), 'detc-bench');

// A small generator with a fixed seed: the same file on every machine.
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const words = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett'];
const pick = (list, next) => list[next(list.length)];
const id = (next) => next(2 ** 31).toString(36) + next(2 ** 31).toString(36);
const address = (next) => `10.${next(4)}.${next(250)}.${next(250)}`;
/** One in ten thousand is the one that is looked for. */
const rare = (next, usual, wanted) => (next(10_000) === 0 ? wanted : usual);

const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const actions = ['GetObject', 'PutObject', 'AssumeRole', 'ListBuckets', 'DescribeInstances', 'ConsoleLogin'];

/** Of each shape: how a record is made, and searches with the most that their time may be of a parse loop's. */
export const shapes = {
  'small records': {
    make: (i, next) => ({
      ts: 1_700_000_000 + i / 50,
      id: rare(next, id(next), 'needle4711'),
      kind: pick(words, next),
      ok: next(3) > 0,
      n: next(1000),
    }),
    searches: [
      ['search needle4711 | stats count by kind', 0.4],
      ['search id=needle4711 ok=* | stats count by kind', 0.4],
      ['search ok=true | stats count by kind', 1.3],
      ['search kind=* | stats count by kind', 1.3],
    ],
  },
  'connections as Zeek writes them': {
    make: (i, next) => ({
      _path: 'ssl',
      ts: 1_700_000_000 + i / 50,
      uid: rare(next, `C${id(next)}`, 'CNeedle4711'),
      'id.orig_h': address(next),
      'id.orig_p': 1024 + next(60_000),
      'id.resp_h': address(next),
      'id.resp_p': 443,
      ...(next(4) > 0 ? { version: 'TLSv12', cipher: pick(ciphers, next) } : {}),
      curve: 'secp256r1',
      server_name: `${pick(words, next)}.example.org`,
      resumed: next(2) > 0,
      established: next(3) > 0,
      cert_chain_fuids: [`F${id(next)}`],
      client_cert_chain_fuids: [],
      subject: `CN=${pick(words, next)}.example.org,O=Example,C=US`,
      validation_status: 'ok',
    }),
    searches: [
      ['search CNeedle4711 | stats count by cipher', 0.4],
      ['search uid=CNeedle4711 established=* | stats count by cipher', 0.4],
      ['search established=true | stats count by cipher', 1.3],
      ['search * | stats count by version established', 1.3],
    ],
  },
  'nested records as CloudTrail has them': {
    make: (i, next) => ({
      eventVersion: '1.08',
      userIdentity: {
        type: 'AssumedRole',
        principalId: `AROA${id(next).toUpperCase()}`,
        arn: `arn:aws:sts::123456789012:assumed-role/${pick(words, next)}/session`,
        accountId: '123456789012',
        accessKeyId: `ASIA${id(next).toUpperCase()}`,
        sessionContext: {
          sessionIssuer: { type: 'Role', userName: pick(words, next), accountId: '123456789012' },
          attributes: { creationDate: '2023-11-14T22:00:00Z', mfaAuthenticated: 'false' },
        },
      },
      eventTime: new Date(1_700_000_000_000 + i * 20).toISOString().replace(/\.\d+/, ''),
      eventSource: 's3.amazonaws.com',
      eventName: pick(actions, next),
      awsRegion: 'us-east-1',
      sourceIPAddress: address(next),
      userAgent: '[aws-cli/2.13.0 Python/3.11.4 Linux/5.10 exe/x86_64]',
      requestParameters: {
        bucketName: rare(next, `${pick(words, next)}-data`, 'needle-4711-data'),
        Host: 's3.amazonaws.com',
        key: `logs/${id(next)}/part-${next(1000)}.json`,
      },
      responseElements: null,
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: pick(ciphers, next),
        bytesTransferredIn: next(9999),
      },
      requestID: id(next),
      eventID: id(next) + id(next),
      readOnly: next(2) > 0,
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${pick(words, next)}/x` },
        { accountId: '123456789012', type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${pick(words, next)}` },
      ],
      eventType: 'AwsApiCall',
      managementEvent: false,
      recipientAccountId: '123456789012',
      eventCategory: 'Data',
    }),
    searches: [
      ['search "needle-4711-data" | stats count by eventName', 0.4],
      ['search requestParameters.bucketName=needle-4711-data | stats count by eventName', 0.4],
      ['search eventName=GetObject | stats count by userIdentity.sessionContext.sessionIssuer.userName', 1.3],
      ['search * | stats count by eventName awsRegion', 1.3],
    ],
  },
  'audit records of Kubernetes, nested and with arrays': {
    make: (i, next) => ({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      level: 'RequestResponse',
      auditID: id(next) + id(next),
      stage: 'ResponseComplete',
      requestURI: `/api/v1/namespaces/${pick(words, next)}/pods?limit=500`,
      verb: pick(['get', 'list', 'watch', 'create', 'delete'], next),
      user: {
        username: rare(next, `system:serviceaccount:${pick(words, next)}:default`, 'system:needle4711'),
        groups: ['system:serviceaccounts', `system:serviceaccounts:${pick(words, next)}`],
      },
      sourceIPs: [address(next)],
      objectRef: { resource: pick(['pods', 'secrets'], next), namespace: pick(words, next), name: id(next) },
      responseStatus: { metadata: {}, code: pick([200, 201, 403], next) },
      requestObject: {
        metadata: { name: id(next), labels: { app: pick(words, next) } },
        spec: {
          containers: [
            { name: 'a', image: `repo/${pick(words, next)}:1`, env: [{ name: 'A', value: id(next) }] },
          ],
        },
      },
      stageTimestamp: new Date(1_700_000_000_000 + i * 20).toISOString(),
      annotations: { 'authorization.k8s.io/decision': 'allow' },
    }),
    searches: [
      ['search "system:needle4711" | stats count by verb', 0.4],
      ['search user.username="system:needle4711" verb=* | stats count by verb', 0.4],
      ['search objectRef.resource=pods | stats count by user.groups{}', 1.3],
      [
        'search requestObject.spec.containers{}.image="repo/alpha*" | stats values(verb) dc(objectRef.name)',
        1.3,
      ],
    ],
  },
  'records that a collector has wrapped': {
    make: (i, next) => ({
      event: {
        datetime: new Date(1_700_000_000_000 + i * 20).toISOString(),
        action: pick(['Allowed', 'Blocked'], next),
        urlcategory: pick(words, next),
        ClientIP: address(next),
        serverip: address(next),
        user: rare(next, `${pick(words, next)}@example.com`, 'needle4711@example.com'),
        url: `${pick(words, next)}.example.org:443/${id(next)}`,
        useragent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
        responsesize: String(next(99_999)),
        pagerisk: next(100),
      },
      sourcetype: 'zscalernss-web',
      source: 'http:nss',
    }),
    searches: [
      ['search "needle4711@example.com" | stats count by action', 0.4],
      ['search user="needle4711@example.com" action=* | stats count by action', 0.4],
      ['search urlcategory=alpha | stats count by action', 1.3],
      ['search * | stats count by action urlcategory', 1.3],
    ],
  },
  'wide records': {
    make: (i, next) => {
      const record = { timestamp: new Date(1_700_000_000_000 + i * 20).toISOString() };
      for (let field = 0; field < 50; field++)
        record[`field_${field}`] = field % 3 === 0 ? next(100_000) : `${pick(words, next)} ${id(next)}`;
      record.user = rare(next, pick(words, next), 'needle4711');
      record.action = pick(actions, next);
      record.path = `C:\\Users\\${pick(words, next)}\\AppData\\${id(next)}.exe`;
      return record;
    },
    searches: [
      ['search needle4711 | stats count by action', 0.4],
      ['search user=needle4711 field_1=* | stats count by action', 0.4],
      ['search action=GetObject | stats count by user', 1.3],
      ['search * | stats count by user action', 1.3],
    ],
  },
};

/** Returns the path of a file of such records, which is made when it is not there. */
export function shapeFile(name, megabytes) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name.replaceAll(' ', '-')}-${megabytes}.jsonl`);
  if (existsSync(file)) return file;
  const out = openSync(`${file}.new`, 'w');
  const next = random(42);
  let size = 0;
  for (let i = 0; size < megabytes * 1e6; ) {
    const lines = [];
    for (const end = i + 1000; i < end; i++) lines.push(`${JSON.stringify(shapes[name].make(i, next))}\n`);
    size += writeSync(out, lines.join(''));
  }
  closeSync(out);
  renameSync(`${file}.new`, file);
  return file;
}
