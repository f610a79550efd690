"use strict";
// Reads the text of a certificate's code and checks its signature: Ed25519 (RFC 8032) and SHA-512 over BigInt, so that
// neither a network nor a browser's own cryptography is needed. tests/laws/test_signed_laws.py holds it to the program.

const FIELD_PRIME = (1n << 255n) - 19n;
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;
const WORD = (1n << 64n) - 1n;

// --- numbers ---

function modulo(number, prime = FIELD_PRIME) {
  const rest = number % prime;
  return rest < 0n ? rest + prime : rest;
}

function power(base, exponent) {
  let result = 1n;
  for (let square = modulo(base); exponent > 0n; exponent >>= 1n, square = modulo(square * square)) {
    if (exponent & 1n) result = modulo(result * square);
  }
  return result;
}

const inverse = (number) => power(number, FIELD_PRIME - 2n);
const fromLittle = (bytes) => bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
const fromBig = (bytes) => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

// The greatest whole number whose square, or cube, is not above the number given.
function root(number, degree) {
  let low = 0n, high = 1n << 96n;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** degree <= number) low = middle; else high = middle - 1n;
  }
  return low;
}

// --- SHA-512 ---

const PRIMES = [];
for (let number = 2; PRIMES.length < 80; number += 1) {
  if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
}
const ROUND_WORDS = PRIMES.map((prime) => root(BigInt(prime) << 192n, 3n) & WORD);
const FIRST_STATE = PRIMES.slice(0, 8).map((prime) => root(BigInt(prime) << 128n, 2n) & WORD);
const turned = (word, by) => ((word >> by) | (word << (64n - by))) & WORD;

function sha512(message) {
  const padded = new Uint8Array(Math.ceil((message.length + 17) / 128) * 128);
  padded.set(message);
  padded[message.length] = 0x80;
  let length = message.length * 8;
  for (let place = padded.length - 1; length > 0; place -= 1, length = Math.floor(length / 256)) padded[place] = length % 256;
  let state = FIRST_STATE;
  for (let start = 0; start < padded.length; start += 128) state = mixed(state, padded.subarray(start, start + 128));
  const digest = new Uint8Array(64);
  state.forEach((word, place) => {
    for (let byte = 7; byte >= 0; byte -= 1, word >>= 8n) digest[place * 8 + byte] = Number(word & 255n);
  });
  return digest;
}

function mixed(state, block) {
  const words = [];
  for (let place = 0; place < 16; place += 1) words.push(fromBig(Array.from(block.subarray(place * 8, place * 8 + 8))));
  for (let place = 16; place < 80; place += 1) {
    const near = words[place - 2], far = words[place - 15];
    const one = turned(far, 1n) ^ turned(far, 8n) ^ (far >> 7n);
    const two = turned(near, 19n) ^ turned(near, 61n) ^ (near >> 6n);
    words.push((words[place - 16] + one + words[place - 7] + two) & WORD);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let place = 0; place < 80; place += 1) {
    const left = turned(e, 14n) ^ turned(e, 18n) ^ turned(e, 41n);
    const right = turned(a, 28n) ^ turned(a, 34n) ^ turned(a, 39n);
    const first = h + left + ((e & f) ^ (~e & WORD & g)) + ROUND_WORDS[place] + words[place];
    const second = right + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & WORD, c, b, a, (first + second) & WORD];
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) & WORD);
}

// --- Ed25519 ---

const CURVE_D = modulo(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (FIELD_PRIME - 1n) / 4n);
const NOWHERE = { x: 0n, y: 1n, z: 1n, t: 0n };

function pointOf(bytes) {
  const number = fromLittle(Array.from(bytes));
  const odd = number >> 255n, y = number & ((1n << 255n) - 1n);
  if (y >= FIELD_PRIME) return null;
  const above = modulo(y * y - 1n), below = modulo(CURVE_D * y * y + 1n);
  const square = modulo(above * inverse(below));
  let x = power(square, (FIELD_PRIME + 3n) / 8n);
  if (modulo(x * x - square) !== 0n) x = modulo(x * ROOT_OF_MINUS_ONE);
  if (modulo(x * x - square) !== 0n || (x === 0n && odd === 1n)) return null;
  if ((x & 1n) !== odd) x = FIELD_PRIME - x;
  return { x, y, z: 1n, t: modulo(x * y) };
}

function sum(p, q) {
  const a = modulo((p.y - p.x) * (q.y - q.x)), b = modulo((p.y + p.x) * (q.y + q.x));
  const c = modulo(2n * CURVE_D * p.t * q.t), d = modulo(2n * p.z * q.z);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return { x: modulo(e * f), y: modulo(g * h), z: modulo(f * g), t: modulo(e * h) };
}

function times(point, number) {
  let result = NOWHERE;
  for (let double = point; number > 0n; number >>= 1n, double = sum(double, double)) {
    if (number & 1n) result = sum(result, double);
  }
  return result;
}

const BASE_BYTES = new Uint8Array(32).fill(0x66);
BASE_BYTES[0] = 0x58;
const BASE = pointOf(BASE_BYTES);

function isSigned(key, message, signature) {
  const point = pointOf(key), nonce = pointOf(signature.subarray(0, 32));
  const number = fromLittle(Array.from(signature.subarray(32)));
  if (point === null || nonce === null || number >= ORDER) return false;
  const hashed = sha512(new Uint8Array([...signature.subarray(0, 32), ...key, ...message]));
  const challenge = modulo(fromLittle(Array.from(hashed)), ORDER);
  const left = times(BASE, number), right = sum(nonce, times(point, challenge));
  return modulo(left.x * right.z - right.x * left.z) === 0n && modulo(left.y * right.z - right.y * left.z) === 0n;
}

// --- the text of a code ---

const MARK = "GGZ1/";
const CONTEXT = new Uint8Array([..."gengang certificate 1\0"].map((letter) => letter.charCodeAt(0)));
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BETWEEN = 0x1f, ESCAPE = 0x01;

function bytesOfLetters(text) {
  const bytes = [];
  let held = 0, bits = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(held >> bits);
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 && bits < 5 ? new Uint8Array(bytes) : null;
}

function factsOf(bytes) {
  const facts = [""];
  for (let place = 0; place < bytes.length;) {
    const first = bytes[place];
    const length = first >= 0x80 ? 2 : first === ESCAPE ? 4 : 1;
    if (place + length > bytes.length) return null;
    if (first === BETWEEN) facts.push("");
    else {
      const number = bytes.slice(place + (length === 4 ? 1 : 0), place + length).reduce((all, byte) => all * 256 + byte, 0);
      if (number > 0x10ffff) return null;
      facts[facts.length - 1] += String.fromCodePoint(length === 2 ? number - 0x8000 + 0x3000 : number);
    }
    place += length;
  }
  return facts;
}

function opened(text) {
  const tidy = text.replace(/\s/g, "").toUpperCase();
  const bytes = tidy.startsWith(MARK) ? bytesOfLetters(tidy.slice(MARK.length)) : null;
  if (bytes === null || bytes.length < 71) return null;
  const body = bytes.slice(0, -64), facts = factsOf(body.slice(6));
  if (facts === null) return null;
  const key = Array.from(body.slice(0, 5)).map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { key, series: String.fromCharCode(body[5]), facts, body, signature: bytes.slice(-64) };
}

// --- the answer ---

// known: {keys: {id: 64 hex digits}, names: {series: [label]}, titles, issued: [number],
//         void: {number: {on, why, instead}}, asOf}
function checked(text, known) {
  const code = opened(text);
  if (code === null || !(code.series in known.names) || code.facts.length !== known.names[code.series].length) {
    return { state: "unreadable", words: "这不是完整的证书方块码内容。请重新扫描，把扫出的文字整段粘贴进来。", lines: [] };
  }
  const number = code.facts[0];
  const lines = code.facts.map((fact, place) => [known.names[code.series][place], fact]).filter((line) => line[1]);
  const key = known.keys[code.key];
  if (key === undefined) {
    return { state: "unknown", words: "签名所用的密钥不是本单位公布的，不能证明这份证书是本单位发的。", lines: [] };
  }
  const keyBytes = new Uint8Array(key.match(/../g).map((pair) => parseInt(pair, 16)));
  if (!isSigned(keyBytes, new Uint8Array([...CONTEXT, ...code.body]), code.signature)) {
    return { state: "altered", words: "核验不通过：内容与签名不符，证书被改动过或者是假的。", lines: [] };
  }
  const gone = Object.prototype.hasOwnProperty.call(known.void, number) ? known.void[number] : null;
  if (gone) {
    const instead = gone.instead ? `，已由${gone.instead}代替` : "";
    return { state: "void", words: `这份证书已作废（${gone.on}，${gone.why}${instead}）。`, title: known.titles[code.series], lines };
  }
  if (!known.issued.includes(number)) {
    return { state: "later", words: `签名是真的，但编号不在截至${known.asOf}的登记册里，请向发证单位核实。`, title: known.titles[code.series], lines };
  }
  return { state: "valid", words: "签名是真的，编号有效。请逐项与证书核对，有一项不同，证书就是改动过的。", title: known.titles[code.series], lines };
}
