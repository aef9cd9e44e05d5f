// Code frames: windows in long lines, carets, and text that a terminal would obey.
import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../../src/diagnostic/code-frame.js';

const at = (line: number, column: number, endColumn: number, endLine = line) => ({
  line,
  column,
  endLine,
  endColumn,
});

describe('codeFrame', () => {
  it('marks a word', () => {
    expect(codeFrame('| haed 3', at(7, 3, 7))).toBe('  7 | | haed 3\n        ^^^^');
  });
  it('marks one column for an empty span', () => {
    expect(codeFrame('abc', at(1, 4, 4))).toBe('  1 | abc\n         ^');
  });
  it('marks to the end of the first line for a fault over several lines', () => {
    expect(codeFrame('abcdef', at(1, 3, 2, 4))).toBe('  1 | abcdef\n        ^^^^');
  });
  it('shows a window of a long line', () => {
    const line = `${'x'.repeat(200)}renmae${'y'.repeat(200)}`;
    const [text = '', carets = ''] = codeFrame(line, at(12, 201, 207)).split('\n');
    expect(text).toBe(`  12 | …${'x'.repeat(31)}renmae${'y'.repeat(57)}…`);
    expect(carets.indexOf('^')).toBe(text.indexOf('renmae'));
    expect(carets.trim()).toBe('^^^^^^');
  });
  it('shows the start and the end of a long line without a needless ellipsis', () => {
    const line = 'z'.repeat(300);
    expect(codeFrame(line, at(1, 1, 2)).split('\n')[0]).toBe(`  1 | ${'z'.repeat(94)}…`);
    expect(codeFrame(line, at(1, 301, 301)).split('\n')[0]).toBe(`  1 | …${'z'.repeat(94)}`);
  });
  it('shows terminal escapes instead of sending them', () => {
    const frame = codeFrame('a\u001b[31mb\u202ec\tx', at(1, 11, 12));
    expect(frame).toBe('  1 | a␛[31mb\ufffdc x\n                ^');
  });
  it('keeps carets under text that follows wide characters', () => {
    expect(codeFrame('漢字 x', at(1, 4, 5)).split('\n')[1]).toBe('           ^');
  });
});
