package shop.acme.shipping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ParcelTest {
  @Test
  void describesItself() {
    assertEquals("EUROPE/750g", new Parcel(750, Zone.EUROPE).toString());
  }

  @Test
  void weightMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> new Parcel(0, Zone.DOMESTIC));
  }
}
