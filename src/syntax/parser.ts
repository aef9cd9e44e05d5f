// The parser that command grammars are given.
export interface Parser {
  readonly text: string;
}
