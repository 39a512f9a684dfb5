package shop.acme.shipping;

import com.google.common.base.Objects;

/** What is sent: its weight and where it goes. */
public final class Parcel {
  private final int grams;
  private final Zone zone;

  public Parcel(int grams, Zone zone) {
    if (grams <= 0) {
      throw new IllegalArgumentException("weight must be positive, got " + grams);
    }
    this.grams = grams;
    this.zone = zone;
  }

  public int grams() {
    return grams;
  }

  public Zone zone() {
    return zone;
  }

  @Override
  public String toString() {
    return Objects.firstNonNull(zone, Zone.WORLD) + "/" + grams + "g";
  }
}
