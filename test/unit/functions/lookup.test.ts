// lookup() of eval gives what the lookup command would find, as a JSON object.
import { expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';

const csv = 'status,text,type\n200,OK,Successful\n201,Created,Successful\n404,Not Found,Client Error\n';

test.each([
  ['"type", "Successful"', '{"text":["OK","Created"]}'],
  ['"type", "Successful", "status", "200"', '{"text":"OK"}'],
  ['"status", "404"', '{"text":"Not Found"}'],
  ['"status", "999"', undefined],
])('json_object(%s)', async (input, found) => {
  const search = `| makeresults | eval o=lookup("codes.csv", json_object(${input}), json_array("text"))`;
  const [row] = await compileText(search).run([], { lookups: { 'codes.csv': { csv } } });
  expect(row?.['o']).toBe(found);
});
