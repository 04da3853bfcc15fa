// Films and sounds by hand, so that tests need no encoder: pictures of one grey each, as H.264 that is
// not compressed, and a tone as WAV.

/** Bits of an H.264 unit. */
class Bits {
  bytes = [];
  current = 0;
  count = 0;

  put(value, length) {
    for (let at = length - 1; at >= 0; at -= 1) {
      this.current = (this.current << 1) | ((value >> at) & 1);
      this.count += 1;
      if (this.count === 8) {
        this.bytes.push(this.current);
        this.current = 0;
        this.count = 0;
      }
    }
    return this;
  }

  /** Numbers of variable length (Exp-Golomb). */
  ue(...values) {
    for (const value of values) {
      const length = 32 - Math.clz32(value + 1);
      this.put(0, length - 1).put(value + 1, length);
    }
    return this;
  }

  align(bit = 0) {
    while (this.count > 0) this.put(bit, 1);
    return this;
  }

  /** The unit, with what keeps its bytes from looking like the beginning of another. */
  unit(header) {
    this.put(1, 1).align();
    const out = [header];
    let zeros = 0;
    for (const byte of this.bytes) {
      if (zeros >= 2 && byte <= 3) {
        out.push(3);
        zeros = 0;
      }
      out.push(byte);
      zeros = byte === 0 ? zeros + 1 : 0;
    }
    return Buffer.from(out);
  }
}

/** Blocks of 16 pixels across and down. */
const BLOCKS = 2;

function sequence() {
  const bits = new Bits().put(66, 8).put(0xc0, 8).put(10, 8);
  bits.ue(0, 0, 2, 0).put(0, 1).ue(BLOCKS - 1, BLOCKS - 1);
  return bits.put(0b1100, 4).unit(0x67);
}

function pictures() {
  return new Bits().ue(0, 0).put(0, 2).ue(0, 0, 0).put(0, 3).ue(0, 0, 0).put(0, 3).unit(0x68);
}

/** One picture. */
function frame(number) {
  const bits = new Bits().ue(0, 7, 0).put(0, 4).ue(number % 2).put(0, 2).ue(0);
  for (let block = 0; block < BLOCKS * BLOCKS; block += 1) {
    bits.ue(25).align();
    for (let at = 0; at < 256; at += 1) bits.put(40 + ((number * 9) % 180), 8);
    for (let at = 0; at < 128; at += 1) bits.put(128, 8);
  }
  const unit = bits.unit(0x65);
  return Buffer.concat([be(unit.length), unit]);
}

const be = (...numbers) => {
  const out = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, at) => out.writeUInt32BE(number >>> 0, at * 4));
  return out;
};
const be16 = (...numbers) => {
  const out = Buffer.alloc(numbers.length * 2);
  numbers.forEach((number, at) => out.writeUInt16BE(number, at * 2));
  return out;
};
const box = (name, ...parts) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([be(content.length + 8), Buffer.from(name, "latin1"), content]);
};
const matrix = be(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

function track(seconds, sizes, offsets) {
  const side = BLOCKS * 16;
  const [sps, pps] = [sequence(), pictures()];
  const config = box(
    "avcC",
    Buffer.from([1, 66, 0xc0, 10, 0xff, 0xe1]),
    be16(sps.length),
    sps,
    Buffer.from([1]),
    be16(pps.length),
    pps,
  );
  const entry = box(
    "avc1",
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
    Buffer.alloc(16),
    be16(side, side),
    be(0x480000, 0x480000, 0),
    be16(1),
    Buffer.alloc(32),
    be16(24, 0xffff),
    config,
  );
  const table = box(
    "stbl",
    box("stsd", be(0, 1), entry),
    box("stts", be(0, 1, seconds, 1_000)),
    box("stsc", be(0, 1, 1, 1, 1)),
    box("stsz", be(0, 0, seconds, ...sizes)),
    box("stco", be(0, seconds, ...offsets)),
  );
  const reference = box("dinf", box("dref", be(0, 1), box("url ", be(1))));
  const media = box(
    "mdia",
    box("mdhd", be(0, 0, 0, 1_000, seconds * 1_000), be16(0x55c4, 0)),
    box("hdlr", be(0, 0), Buffer.from("vide"), be(0, 0, 0), Buffer.from([0])),
    box("minf", box("vmhd", be(1, 0, 0)), reference, table),
  );
  const head = box("tkhd", be(7, 0, 0, 1, 0, seconds * 1_000, 0, 0, 0, 0), matrix, be(side << 16, side << 16));
  return box("trak", head, media);
}

/**
 * An MP4 of one picture a second, which stand so far apart that the file has about this many bytes:
 * who wants the last one has to ask for the end of the file.
 * @param {{ seconds: number, bytes: number }} wanted
 */
export function film({ seconds, bytes }) {
  const frames = Array.from({ length: seconds }, (_, number) => frame(number));
  const sizes = frames.map((one) => one.length);
  const gap = Math.floor(bytes / seconds);
  const head = (offsets) => {
    const movie = be(0, 0, 0, 1_000, seconds * 1_000, 0x10000, 0x1000000, 0, 0);
    return Buffer.concat([
      box("ftyp", Buffer.from("isom"), be(512), Buffer.from("isomiso2avc1mp41")),
      box("moov", box("mvhd", movie, matrix, Buffer.alloc(24), be(2)), track(seconds, sizes, offsets)),
    ]);
  };
  const begin = head(sizes.map(() => 0)).length + 8;
  const offsets = frames.map((_, number) => begin + number * gap);
  const data = Buffer.alloc(gap * seconds);
  frames.forEach((one, number) => one.copy(data, number * gap));
  return Buffer.concat([head(offsets), box("mdat", data)]);
}

/** A quiet tone. @param {number} seconds */
export function sound(seconds) {
  const rate = 8_000;
  const samples = Buffer.alloc(rate * seconds, 0);
  for (let at = 0; at < samples.length; at += 1) samples[at] = 128 + Math.round(8 * Math.sin(at / 4));
  const le = (number) => {
    const out = Buffer.alloc(4);
    out.writeUInt32LE(number);
    return out;
  };
  return Buffer.concat([
    Buffer.from("RIFF"),
    le(36 + samples.length),
    Buffer.from("WAVEfmt "),
    le(16),
    Buffer.from([1, 0, 1, 0]),
    le(rate),
    le(rate),
    Buffer.from([1, 0, 8, 0]),
    Buffer.from("data"),
    le(samples.length),
    samples,
  ]);
}
