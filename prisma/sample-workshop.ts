import type { ProductLine } from '#channels/product'
import type { SampleCustomer, SampleProduct } from '#server/models/workshop-import'

/** Per line: names, from the lightest and cheapest to the heaviest and dearest, in grams and cents. */
const made: Record<ProductLine, { code: string; from: [number, number]; to: [number, number]; names: string[] }> = {
  brackets: {
    code: 'BR',
    from: [80, 140],
    to: [900, 1_250],
    names: [
      'Angle bracket 40 × 40, zinc plated',
      'Angle bracket 60 × 60, zinc plated',
      'Angle bracket 90 × 90, ribbed',
      'Flat bracket 120, stainless',
      'Joist bracket 100 × 140',
      'Shelf bracket 250, powder coated',
      'Pipe bracket 2 inch, rubber lined',
      'Corner bracket 150, welded',
    ],
  },
  frames: {
    code: 'FR',
    from: [1_800, 2_900],
    to: [24_000, 18_900],
    names: [
      'Door frame liner 860',
      'Door frame liner 985',
      'Table frame 1400 × 700',
      'Table frame 1800 × 800',
      'Machine frame, small',
      'Machine frame, large',
      'Window frame reinforcement 1200',
      'Rack frame 2000 × 600',
    ],
  },
  rails: {
    code: 'RA',
    from: [650, 820],
    to: [8_200, 6_400],
    names: [
      'Mounting rail 35, 1 m',
      'Mounting rail 35, 2 m',
      'C rail 41 × 21, 2 m',
      'C rail 41 × 41, 3 m',
      'Guide rail 20, hardened, 1 m',
      'Hand rail 42, brushed, 2 m',
      'Hand rail 42, brushed, 3 m',
      'Crane rail A45, 1 m',
    ],
  },
  panels: {
    code: 'PA',
    from: [1_200, 1_480],
    to: [15_500, 9_900],
    names: [
      'Perforated panel 500 × 500',
      'Perforated panel 1000 × 500',
      'Cover panel 800, grey',
      'Cover panel 1200, grey',
      'Side panel 2000, folded',
      'Front panel 19 inch, 3 units',
      'Front panel 19 inch, 6 units',
      'Fire door panel 900',
    ],
  },
  fittings: {
    code: 'FI',
    from: [20, 45],
    to: [480, 890],
    names: [
      'Hinge 80, stainless',
      'Hinge 120, ball bearing',
      'Latch, spring loaded',
      'Handle 160, brushed',
      'Foot M10, levelling',
      'Foot M16, levelling',
      'Clamp 25, cast',
      'Connector 40, four way',
    ],
  },
  cases: {
    code: 'CA',
    from: [900, 1_900],
    to: [31_000, 19_500],
    names: [
      'Terminal case 200 × 150',
      'Terminal case 300 × 200',
      'Control case 400 × 300, IP 65',
      'Control case 600 × 400, IP 65',
      'Wall case 19 inch, 6 units',
      'Wall case 19 inch, 12 units',
      'Tool case 650, drawers',
      'Floor case 1800, two doors',
    ],
  },
}

export const sampleProducts: SampleProduct[] = Object.entries(made).flatMap(([line, { code, from, to, names }]) =>
  names.map((name, place) => {
    const between = (low: number, high: number) => Math.round(low + ((high - low) * place) / (names.length - 1))
    return {
      sku: `${code}-${String(100 + place * 10)}`,
      name,
      line: line as ProductLine,
      priceCents: between(from[1], to[1]),
      weightGrams: between(from[0], to[0]),
      minimum: 400 - place * 40,
    }
  }),
)

const companies = (
  'Lindner|Falkensee;Aurich & Sons|Nauen;Beller Stairs|Potsdam;Corvin Doors|Werder;Dahl Switchgear|Teltow;' +
  'Ebert Kitchens|Rathenow;Fassbinder|Oranienburg;Grote Lifts|Bernau;Hagen Shopfitting|Erkner;Ihle Solar|Zossen;' +
  'Jansen Cranes|Genthin;Kolb Cabinets|Beelitz;Lorenz Rail|Michendorf;Mertens Ships|Brandenburg;Noll Air|Velten;' +
  'Otte Furniture|Kremmen;Pahl Facades|Ketzin;Quandt Tools|Hennigsdorf;Rieger Power|Treuenbrietzen;Sasse Gates|Trebbin;' +
  'Thiel Labs|Jüterbog;Uhlig Racks|Luckenwalde;Voss Garages|Belzig;Wendt Signs|Ludwigsfelde;Ybema Farms|Premnitz;' +
  'Zander Bikes|Lehnin;Adler Halls|Glindow;Busch Elevators|Stahnsdorf;Castor Mills|Kyritz;Drews Roofing|Neuruppin;' +
  'Engel Stage|Rheinsberg;Fuchs Vending|Zehdenick;Gerken Pumps|Templin;Heine Stands|Liebenwalde;Illner Caravans|Wandlitz;' +
  'Jost Playgrounds|Strausberg;Kern Medical|Buckow;Lamprecht|Seelow;Moor Breweries|Beeskow;Neven Glass|Storkow'
)
  .split(';')
  .map((entry) => entry.split('|'))

const places = ['Main works', 'Warehouse', 'Site office', 'Branch north', 'Branch south']

/** Each with one to five places within some ninety kilometres; the golden angle spreads them evenly around the workshop. */
export const sampleCustomers: SampleCustomer[] = companies.map(([name = '', city = ''], nth) => ({
  number: 10_001 + nth,
  name,
  city,
  sites: places.slice(0, 1 + (nth % places.length)).map((place, further) => {
    const turn = (nth + further * 0.21) * 2.399_963
    const far = 8 + ((nth * 37 + further * 53) % 80)
    return {
      name: place,
      east: Math.round(Math.cos(turn) * far * 10) / 10,
      north: Math.round(Math.sin(turn) * far * 10) / 10,
    }
  }),
}))
