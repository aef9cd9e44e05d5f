// What a failed test says of itself: one way to break a search a row, and the sentence an engineer needs to mend it.
import { describe, expect, test } from 'vitest';
import { loadRepository } from '../../../src/content/load.js';
import { testFunnel, whyLines } from '../../../src/testing/report/funnel.js';
import { runTests } from '../../../src/testing/run-tests.js';
import { smallRepository, testYaml } from './small-repository.js';

async function failed(search: string) {
  const repository = smallRepository();
  repository.detection('Small One', { search });
  const { content } = loadRepository(repository.root);
  const { tests } = await runTests(content, content.detections, { jobs: 0, cache: false, offline: true });
  return tests[0]!;
}

const events = 'sourcetype=_json';
const cases: { title: string; search: string; says: string[] }[] = [
  {
    title: 'a value in another case, compared by eval',
    search: `${events} | where process="Evil.exe"`,
    says: ['no row met process = "Evil.exe"; it was "evil.exe" twice, "cmd.exe" once'],
  },
  {
    title: 'a threshold, with the range that the data has',
    search: `${events} | stats count by user | where count>5`,
    says: ['no row met count > 5; it was 1 to 2'],
  },
  {
    title: 'clauses that hold one by one but never together',
    search: `${events} user=ann process=evil.exe`,
    says: [
      '1 event met user=ann',
      '2 events met process=evil.exe',
      'no event met all of its clauses at once',
    ],
  },
  {
    title: 'what NOT keeps out is what the data has',
    search: `${events} NOT process=*.exe`,
    says: ['no event met NOT process=*.exe; it was "cmd.exe" once, "evil.exe" twice'],
  },
  {
    title: 'a field that was renamed away',
    search: `${events} | rename user AS account | where match(user, "b")`,
    says: ['no row has "user" any more after: rename user AS account'],
  },
  {
    title: 'a field that a transforming command did not keep',
    search: `${events} | stats count by user | where action="start"`,
    says: ['no row has "action" any more after: stats count BY user'],
  },
  {
    title: 'a field under a wrong name, with the right one',
    search: `${events} | stats count by process_ user | rename process_ AS p`,
    says: ['no row has "process_"; did you mean "process"?'],
  },
  {
    title: 'names of an object are told apart by what stands behind the dot',
    search: `${events} | rename user AS Processes.os | stats count by Processes.action`,
    says: ['no row has "Processes.action"'],
  },
  {
    title: 'and suggested by it',
    search: `${events} | rename user AS Processes.user | stats count by Processes.usr`,
    says: ['no row has "Processes.usr"; did you mean "Processes.user"?'],
  },
  {
    title: 'a misspelled object',
    search: `${events} | rename user AS Processes.user | stats count by Proceses.user`,
    says: ['no row has "Proceses.user"; did you mean "Processes.user"?'],
  },
  {
    title: 'a field that rex never found',
    search: `${events} | rex field=process "^(?<stem>[a-z]+)\\.dll$" | where stem="evil"`,
    says: ['no row was given "stem" by: rex field=process "^(?<stem>[a-z]+)\\\\.dll$"'],
  },
  {
    title: 'a computed field that is null because of another',
    search: `${events} | eval share=1/total | where share>0.5`,
    says: ['no row was given "share" by: eval share=1 / total', 'no row has "total"'],
  },
  {
    title: 'a dotted name without quotes is a concatenation in eval',
    search: `${events} | rename user AS actor.user | where actor.user="bob"`,
    says: [
      'actor.user without quotes is the values of "actor" and "user" put together; the field is \'actor.user\', in single quotes',
    ],
  },
  {
    title: 'a join whose sides share no value',
    search: `${events} | join host_name [search ${events} | eval host_name=upper(host_name) | table host_name]`,
    says: [
      'no value of "host_name" is on both sides of join: it was "ws1", "ws2" before it, and "WS1", "WS2" in the subsearch',
    ],
  },
  {
    title: 'a join whose subsearch finds nothing',
    search: `${events} | join user [search ${events} process=evill.exe | table user]`,
    says: [
      'the subsearch of join found nothing; no row was left after: search sourcetype=_json process=evill.exe',
      'in it no event met process=evill.exe; it was "evil.exe" twice',
    ],
  },
  {
    title: 'a data set that the events do not belong to',
    search:
      '| tstats count from datamodel=Endpoint.Processes where Processes.process=evil.exe by Processes.dest',
    says: [
      'no event of the data belongs to the data set Endpoint.Processes',
      'no event type gives a tag to events of source type "_json"',
    ],
  },
];

describe('why nothing was found', () => {
  test.each(cases)('$title', async ({ search, says }) => {
    const result = await failed(search);
    expect(result.status).toBe('failed');
    expect(whyLines(result.explanation)).toEqual(expect.arrayContaining(says));
  });

  test.each([
    ['sourcetype=_json | statz count', 'unknown command "statz"; did you mean "stats"? [unknown-command]'],
    ['sourcetype=_json | stats count by', 'expected a field, found the end of the search [syntax]'],
  ])('a search that cannot be run says why: %j', async (search, reason) => {
    const result = await failed(search);
    expect([result.status, result.reason]).toEqual(['error', reason]);
  });

  test('commands behind the one where rows ended are counted, not listed', async () => {
    const result = await failed(`${events} process=evill.exe | stats count by user | sort user | table user`);
    expect(testFunnel(result)).toEqual([
      '  3 ████████████████████ events of the data',
      '✗ 0 ···················· sourcetype=_json process=evill.exe',
      '  … and 3 commands behind it',
    ]);
  });
});

describe('fields of data sets', () => {
  const connection = JSON.stringify({
    ts: 1_772_359_200,
    uid: 'C1',
    'id.orig_h': '10.0.0.1',
    'id.resp_h': '192.0.2.1',
    'id.resp_p': 443,
    version: 'TLSv12',
    subject: 'CN=xn--a.example',
  });
  async function result(by: string, where = '') {
    const repository = smallRepository([connection]);
    const tests = testYaml('Fires').replace('sourcetype: _json', 'sourcetype: bro:ssl:json');
    const search = `| tstats count from datamodel=Certificates.All_Certificates ${where} by ${by}`;
    repository.detection('Small One', { search, tests });
    const { content } = loadRepository(repository.root);
    const ran = await runTests(content, content.detections, { jobs: 0, cache: false, offline: true });
    return ran.tests[0]!;
  }

  test.each(['All_Certificates.dest', 'All_Certificates.SSL.ssl_subject', 'All_Certificates.is_SSL'])(
    'are found by their own name: %s',
    async (by) => {
      expect((await result(by)).status).toBe('passed');
    },
  );

  test.each([
    [
      'All_Certificates.SSL.dest',
      '',
      'no event has "All_Certificates.SSL.dest"; did you mean "All_Certificates.dest"?',
    ],
    [
      'All_Certificates.ssl_subject',
      '',
      'no event has "All_Certificates.ssl_subject"; did you mean "All_Certificates.SSL.ssl_subject"?',
    ],
    [
      'All_Certificates.dest',
      'where All_Certificates.SSL.ssl_subject="*xn-a*"',
      'no event met All_Certificates.SSL.ssl_subject="*xn-a*"; it was "CN=xn--a.example" once',
    ],
  ])('are told otherwise: %s %s', async (by, where, says) => {
    const { status, explanation } = await result(by, where);
    expect(status).toBe('failed');
    expect(whyLines(explanation)).toContain(says);
  });
});
