import { type Judge } from './intents/rules-judge';
import { read, type Reading } from './understand';

/** Messages that are remembered; the one that was written longest ago is forgotten first. */
const MESSAGES = 500;
/** What many write in the same words is short. */
const LONGEST = 100;

/** Readings of short messages, each made once while it is remembered: people ask the same things in the same words. */
export class RecentReadings {
  private readonly known = new Map<string, Reading>();

  constructor(private readonly judge: Judge) {}

  of(text: string): Reading {
    if (text.length > LONGEST) return read(this.judge, text);
    const reading = this.known.get(text) ?? read(this.judge, text);
    this.known.delete(text);
    this.known.set(text, reading);
    if (this.known.size > MESSAGES) this.known.delete(this.known.keys().next().value!);
    return reading;
  }
}
