// The words that names of fields are made of: a name with a word that no field has is a slip, or of another product.
import { NamesByLetters } from '../diagnostic/did-you-mean.js';

const parts = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/** The words of a name: what stands between marks and digits, and what begins with a capital letter; as written. */
export function partsOf(name: string): readonly string[] {
  return name.match(parts) ?? [];
}

/** Words of field names in schemas of logs (Elastic Common Schema, OCSF, audit logs of clouds), beside those of content. */
const common =
  'accept access accessed account acknowledged action active activity actor added additional address admin affected after ' +
  'agent alert algorithm alias allow allowed amount annotation answer anomaly api app application approval arch archive area ' +
  'args argument arn array asset assignment assumed attachment attempt attribute audit auth authority authorization author ' +
  'automation autonomous availability available avg backup base batch before behavior binary bind bios block blocked body boot ' +
  'bot boundary branch browser bucket build builtin business bundle byte bytes cache call caller campaign capability capacity caption ' +
  'card category cause certificate certs chain challenge change changed channel check checksum child cidr cipher city class ' +
  'classification client clone cloud cluster code collection column command comment commit common company compliance ' +
  'component compute condition confidence config configuration connect connection connector consent console constraint ' +
  'container content context continent control conversation cookie coordinate core correlation cost count country cpu created ' +
  'creation creator credential criteria critical current custom customer cve cvss data database datacenter dataset date day ' +
  'debug decision default defined delay delegate delegated deleted delivery deny department dependency deploy deployment depth ' +
  'description desired destination details detect detected detection developer device dhcp diff digest direction directory ' +
  'disable disabled discovered disk display disposition distribution dns document domain download driver drop duration dynamic ' +
  'edge edition effective egress element elevated email enable enabled encoded encoding encryption end endpoint engine entity ' +
  'entry environment epoch error estimated evaluation event evidence exception exchange exec executable execution exists exit ' +
  'expected expiration expires exploit export extension external extra facility factor fail failed failure family feature ' +
  'feed fetch field file filename filter final finding finger first fix flag flow folder force forest forensic format forward ' +
  'frame framework frequency full fullname function gateway general geo given global grant granted group guardrail guest ' +
  'guid handle handler hardware has hash hashes header health height helper high history hive home hook host hostname hour ' +
  'html http icon identifier identity idle image impact imphash impersonated import inbound incident indicator inet info ' +
  'information ingress inherited initial initiated initiator inject inline inner inode input insert inspection install installed ' +
  'instance integrity intent interactive interface internal interval invalid invitation invocation issue issuer item job ' +
  'json justification kernel key keyboard kind knowledge label lambda language last latency latitude launch layer lease length level ' +
  'library license lifetime limit line linked list listener load loaded local location lock log logged logical login logon ' +
  'logout longitude low mac machine mail mailbox main major malicious malware managed management manager manifest map mapping ' +
  'mark mask master match matched max maximum media member membership ipaddr memory message metadata meta method metric min minimum minor ' +
  'mode model modification modified modify module monitor motive mount multi name namespace nat network new next nickname ' +
  'node nonce normalized note number object observer occurrence offset old online open operating operating operation operator opcode ' +
  'option order org organization origin original outbound outcome outer output overall override owner package packet page ' +
  'parameter params parent part partition party pass password patch path pattern payload peer pending percent percentage ' +
  'period permission ppid persistent person phase phone pid pipe pipeline plan platform plugin pod point policy pool port portal ' +
  'position posture postal prefix presence preferred previous primary principal print priority private privilege probable ' +
  'problem process processor product profile program project properties property protection protocol prototype provider ' +
  'provisioning proxy public publisher pull purpose push quality quantity quarantine query question queue quota range rank ' +
  'rate rating raw read reason received receiver recipient record recorded recursive redirect reference referrer region ' +
  'registered registration registry relation relative release remediation remote removed replica replication reply report ' +
  'reporter repository reputation repo request requested requester require required requirement rescan reserved resolution resolved resource ' +
  'response restriction result resume retention retry return reverse review revision revoked risk role root route row rule ' +
  'ruleset run runtime same sample scan scenario schedule scheduled schema scheme scope score script search second secret section ' +
  'secure security segment selected selector sender sensitive sensor sent sequence serial serialized series server service ' +
  'session setting settings severity sha share shared shell short sid sign signature signed signer similarity single site size ' +
  'snapshot socket software source spam span spec stack stage standard start started state statement static status step ' +
  'storage store stream string strong sub subcategory subject submission submitted submitter subnet subscription succeeded success ' +
  'suffix suite summary super supplied support suspicious switch symbol sync system table tactic tag tags target task team ' +
  'technique template tenant term test text thread threat threshold throttle thumbprint ticket time timeout timestamp title ' +
  'token tool top topic total trace tracking traffic transaction transfer transport trigger trust trusted type uid unique unit ' +
  'unknown unsigned upn update updated upload uptime uri url urn usage use used user username uuid valid validation value values ' +
  'vendor verb verdict verification verified version virtual virus visibility vlan volume vpc vulnerability warning web ' +
  'weight width window with workflow workload workspace write year zone ' +
  'abnormal age addr attr basic cmd constraint curr desc dest env msg num orig pct prev proc ref resp src ' +
  'attempts band baseline bride cleaned combined concatenated converted county cumulative decoded ' +
  'deviation difference distance eight elapsed employee encyption entropy exporter extracted flight forecast gap hits ' +
  'inside issued left locked matching mean median minutes mismatch missing moved normal occurrences octets outlier ' +
  'outside packets peak percentile plane probe ranch ratio referer relay rest seconds slave speed spread star stats ' +
  'tread treat tries typical unexpected unusual victim weekday widow workstation';

let commonWords: NameWords | undefined;

/** Whether a name is made of words that names of fields have anywhere. */
export function isOfCommonWords(name: string): boolean {
  commonWords ??= new NameWords([]);
  return commonWords.makeUp(name);
}

/**
 * A name with the word written out that lacks a letter, or has two exchanged, where its other words are common ones;
 * undefined where none does. Words that only end otherwise (`create` and `created`) are words of their own.
 */
export function respelled(name: string): string | undefined {
  commonWords ??= new NameWords([]);
  return commonWords.respelled(name);
}

/** Some names, and which others are made of their words. */
export class NameWords {
  readonly #words = new Set(common.split(' '));
  #byLetters: NamesByLetters | undefined;

  constructor(names: Iterable<string>) {
    for (const name of names) for (const { word } of wordsOf(name)) this.#words.add(word);
  }

  /** Whether each word of a name is one of these, in the plural, or several of them written as one. */
  makeUp(name: string): boolean {
    const words = [...wordsOf(name)];
    // Abbreviations alone say nothing, unless they are numbered.
    if (words.every(({ length }) => length < shortest)) return !/\d{3}/.test(name);
    return words.every(({ length, word }) => length === 2 || this.#isKnown(word));
  }

  respelled(name: string): string | undefined {
    const odd = [...name.matchAll(parts)].filter(
      ({ 0: part }) => part.length >= shortest && !this.#isKnown(part.toLowerCase()),
    );
    const [match, ...more] = odd;
    const part = match?.[0];
    if (part === undefined || more.length > 0 || part.length < shortestSlip) return undefined;
    this.#byLetters ??= new NamesByLetters(this.#words);
    const meant = this.#byLetters.near(part.toLowerCase());
    if (meant === undefined || !isFrequentSlip(part.toLowerCase(), meant)) return undefined;
    const written = part === part.toUpperCase() ? meant.toUpperCase() : meant;
    const first = part[0] === part[0]?.toUpperCase() ? (written[0]?.toUpperCase() ?? '') : (written[0] ?? '');
    return (
      name.slice(0, match?.index) + first + written.slice(1) + name.slice((match?.index ?? 0) + part.length)
    );
  }

  #isKnown(word: string): boolean {
    if (word.length > longest || this.#words.has(word)) return true;
    if (word.endsWith('s') && this.#words.has(word.slice(0, -1))) return true;
    for (let at = shortest; at <= word.length - shortest; at++)
      if (this.#words.has(word.slice(0, at)) && this.#isKnown(word.slice(at))) return true;
    return false;
  }
}

/** Shorter parts are abbreviations; of two letters any may be meant. */
const shortest = 3;
/** Of shorter words too many short forms are a letter away. */
const shortestSlip = 4;
/** What is longer is no word. */
const longest = 40;

/** The parts of a name in lower case; of single letters also where they stand, for `_p` at an end is not the `p` of `pID`. */
function* wordsOf(name: string): Iterable<{ readonly word: string; readonly length: number }> {
  for (const { 0: part, index } of name.matchAll(parts)) {
    const { length } = part;
    const word = part.toLowerCase();
    const [before, after] = [name[index - 1], name[index + length]];
    yield { word: length > 1 ? word : sideOf(before) + word + sideOf(after), length };
  }
}

const sideOf = (next: string | undefined): string =>
  next === undefined ? '|' : /[A-Za-z]/.test(next) ? '' : '_';

/** Whether a word is another one without one of its letters, or with two neighbours exchanged, and no form of it. */
function isFrequentSlip(word: string, meant: string): boolean {
  if (word.length === meant.length) return [...word].sort().join('') === [...meant].sort().join('');
  return word.length < meant.length && !(meant.startsWith(word) && /[sdrnyle]$/.test(meant));
}
