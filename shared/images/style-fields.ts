/** The fields that say what a picture is to look like, and how each is said in words; in the order of the words. */
export const styleFields = {
  subject: 'Subject',
  art_style: 'Art style',
  artist: 'In the manner of',
  photography_style: 'Photography style',
  composition: 'Composition',
  lighting: 'Lighting',
  color: 'Colors',
  camera_settings: 'Camera settings',
  special_effects: 'Special effects',
  resolution: 'Level of detail',
} as const;

export type StyleField = keyof typeof styleFields;

/** What a request says of them. */
export type StyleWishes = Readonly<Partial<Record<StyleField, string | null | undefined>>>;

export const styleFieldNames: readonly StyleField[] = Object.keys(styleFields).filter(isStyleField);

function isStyleField(name: string): name is StyleField {
  return Object.hasOwn(styleFields, name);
}
