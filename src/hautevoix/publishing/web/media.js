// The system's own controls: lock screens, headsets, keyboards.
let told = '';
const media = () => {
  if (!('mediaSession' in navigator)) return;
  const chapter = chapters[chapterAt(time())];
  const title = chapter ? chapter.title : facts.title;
  if (title !== told) {
    told = title;
    navigator.mediaSession.metadata = new MediaMetadata({
      title, artist: facts.author, album: facts.title,
      artwork: facts.cover && location.protocol !== 'file:' ? [{ src: facts.cover, sizes: '3000x3000' }] : [],
    });
  }
  if (duration && navigator.mediaSession.setPositionState) {
    navigator.mediaSession.setPositionState({
      duration, playbackRate: audio.playbackRate, position: Math.min(audio.currentTime, duration),
    });
  }
};
if ('mediaSession' in navigator) {
  const actions = {
    play, pause: () => audio.pause(), previoustrack: () => byChapter(-1), nexttrack: () => byChapter(1),
    seekbackward: (detail) => jump(time() - (detail.seekOffset || 10)),
    seekforward: (detail) => jump(time() + (detail.seekOffset || 10)),
    seekto: (detail) => jump(detail.seekTime),
  };
  for (const [action, act] of Object.entries(actions)) {
    try { navigator.mediaSession.setActionHandler(action, act); } catch { /* unknown to this browser */ }
  }
}
