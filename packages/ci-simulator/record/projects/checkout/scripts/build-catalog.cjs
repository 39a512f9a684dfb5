// Expands the product families into the flat catalog that the shop page loads.
const { mkdirSync, writeFileSync } = require('node:fs');

const variantsPerFamily = 40;
const families = 250;

const entries = [];
for (let family = 0; family < families; family += 1) {
  for (let variant = 0; variant < variantsPerFamily; variant += 1) {
    entries.push({
      sku: `F${family}-V${variant}`,
      title: `Family ${family}, variant ${variant}`,
      attributes: Array.from({ length: 12 }, (_, index) => ({
        name: `attribute-${index}`,
        value: family * variant + index,
      })),
    });
  }
}
mkdirSync('dist', { recursive: true });
writeFileSync('dist/catalog.json', JSON.stringify(entries));
console.log(`catalog: ${entries.length} entries`);
