package shop.acme.shipping;

/** Where a parcel goes, with the carrier's surcharge in cents. */
public enum Zone {
  DOMESTIC(0),
  EUROPE(600),
  WORLD(1400);

  private final int surcharge;

  Zone(int surcharge) {
    this.surcharge = surcharge;
  }

  public int surcharge() {
    return surcharge;
  }
}
