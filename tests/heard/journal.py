"""A speech server of Orca that writes what it is given to say, one JSON line each."""
import json
import os
from orca import speechserver

OUT = open(os.environ["ENCART_JOURNAL"], "a", buffering=1)


def put(kind, text):
    OUT.write(json.dumps({"kind": kind, "text": text or ""}, ensure_ascii=False) + "\n")


class SpeechServer(speechserver.SpeechServer):
    one = None

    @staticmethod
    def getFactoryName():
        return "journal"

    @staticmethod
    def getSpeechServers():
        return [SpeechServer.getSpeechServer()]

    @staticmethod
    def getSpeechServer(info=None):
        SpeechServer.one = SpeechServer.one or SpeechServer()
        return SpeechServer.one

    @staticmethod
    def shutdownActiveServers():
        pass

    def getInfo(self):
        return ["journal", "journal"]

    def getVoiceFamilies(self):
        return [speechserver.VoiceFamily({"name": "journal", "lang": "fr", "dialect": "FR"})]

    def speak(self, text=None, acss=None, interrupt=True):
        put("say", text)

    def speakCharacter(self, character, acss=None):
        put("letter", character)

    def speakKeyEvent(self, event, acss=None):
        pass

    def sayAll(self, utterances, progress):
        for context, acss in utterances:
            put("say", context.utterance)

    def stop(self):
        pass

    def shutdown(self):
        pass

    def reset(self, text=None, acss=None):
        pass

    def updateCapitalizationStyle(self):
        pass

    def updatePunctuationLevel(self):
        pass
