/** Something that is done in a turn of its own, behind the messages that wait: once, however often it is asked for until then. */
export class Turn {
  private readonly channel = new MessageChannel();
  private asked = false;

  constructor(act: () => void) {
    this.channel.port1.onmessage = () => {
      this.asked = false;
      act();
    };
  }

  get isAsked(): boolean {
    return this.asked;
  }

  ask(): void {
    if (!this.asked) this.channel.port2.postMessage(0);
    this.asked = true;
  }
}
