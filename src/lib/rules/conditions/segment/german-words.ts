export const deletedSegment = 'ein gelöschtes Segment';
