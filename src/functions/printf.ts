// The eval function printf.
import { textOf } from '../runtime/multivalue.js';
import { printf as print } from '../runtime/printf.js';
import { defineFunction } from './function.js';

export const printf = defineFunction({
  name: 'printf',
  summary: 'Builds text by a format in the manner of C.',
  source: 'Conversion functions',
  usage: 'printf(<format>,<arguments>)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, format, ...args) => {
    const text = textOf(format);
    return text === null ? null : print(text, args);
  },
  pure: true,
  examples: [
    { expression: 'printf("%c,%c",65,"Foo")', result: 'A,F' },
    { expression: 'printf("%.2e",5139)', result: '5.14e+03' },
    { expression: 'printf("%.2f",pi())', result: '3.14' },
    { expression: 'printf("%.2g,%.2g",pi(),123)', result: '3.1,1.2e+02' },
    { expression: 'printf("%s%z", "foo", "bar")', result: 'foobar' },
    { expression: 'printf("%d%%",12.9)', result: '12%' },
    { expression: 'printf(f,12345)', fields: { f: "%'d" }, result: '12,345' },
    { expression: 'printf("%04d|%-4d|%+4d",1,2,3)', result: '0001|2   |  +3' },
    { expression: 'printf("%#x %X %o %u",1,255,8,7)', result: '0x1 FF 10 7' },
    { expression: 'printf("%*d",5,42)', result: '   42' },
    { expression: 'printf("%.3A",pi())', result: '0X1.922P+1' },
    { expression: 'printf("%x,%X,%p",10,10,10)', result: 'a,A,A' },
    { expression: 'printf("%*.*e",9,2,pi())', result: ' 3.14e+00' },
    { expression: 'printf("%04.4f %-5s|",1.5,"ab")', result: '1.5000 ab   |' },
    { expression: 'printf("%5.1f|%-6s|%.3s",2.25,"ab","abcdef")', result: '  2.2|ab    |abc' },
  ],
});
