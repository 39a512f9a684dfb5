package shop.acme.shipping;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/** Prices by weight class, in cents. */
public final class RateTable {
  private final ImmutableSortedMap<Integer, Integer> centsByGrams =
      ImmutableSortedMap.of(1000, 399, 5000, 599, 10000, 949, 31500, 1649);

  public int cents(Parcel parcel) {
    Map.Entry<Integer, Integer> entry = centsByGrams.ceilingEntry(parcel.grams());
    if (entry == null) {
      throw new IllegalArgumentException("too heavy for a parcel: " + parcel);
    }
    return entry.getValue() + parcel.zone().surcharge();
  }
}
